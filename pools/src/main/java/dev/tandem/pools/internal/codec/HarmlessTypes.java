package dev.tandem.pools.internal.codec;

import java.lang.reflect.Method;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Classes whose objects are harmless by construction: decoding one runs only the canonical
/// constructor of a record, the look-up of an enum's constant, or no code of the class at all.
final class HarmlessTypes {
  /*
   * A gadget chain consists of classes with behaviour: a readObject, readResolve or finalize of
   * their own, or methods that collections call while they are filled, and fields that the sender
   * sets at will. A record is made by its constructor, as any code could make it; an enum's
   * constant exists already; the fields of an exception without code for deserialization are not
   * read until it is reported. The objects in all fields are checked like any others.
   */

  /// Methods that a class can declare to take part in its deserialization, or to run after it.
  private static final Set<String> ACTIVE =
      Set.of("readObject", "readObjectNoData", "readResolve", "readExternal", "finalize");

  /// Modules whose exceptions may have such methods: those of the JDK 25 only check their cause.
  private static final Set<String> REVIEWED = Set.of("java.base", "java.sql", "java.xml");

  /// The limit on look-ups of missing classes in the JDK's packages: each leaves a trace in memory,
  /// so names that a worker makes up must not fill this process.
  private static final int MOST_MISSES = 10_000;

  /// The limit on the depth of superclasses: far more than an exception has.
  private static final int MOST_SUPERCLASSES = 100;

  private static final AtomicInteger misses = new AtomicInteger();

  private HarmlessTypes() {}

  /// {@return whether it is a class of the JDK whose objects are harmless}
  ///
  /// @param name as [Class#getName()] has it
  static boolean ofJdk(String name) {
    Module module = jdkModule(name);
    if (module == null || name.startsWith("java.rmi.") || misses.get() > MOST_MISSES) {
      return false;
    }
    Class<?> type = Class.forName(module, name); // not initialized
    if (type == null) {
      misses.incrementAndGet();
      return false;
    }
    return isValue(type)
        || (Throwable.class.isAssignableFrom(type)
            && (REVIEWED.contains(module.getName()) || isPassive(type)));
  }

  /// {@return whether the package of this class is one of the JDK's}
  static boolean isOfJdk(String name) {
    return name.startsWith("java.") || jdkModule(name) != null;
  }

  /// {@return whether objects of a class of the application's class or module path are harmless}
  /// Its class file is read, and those of its superclasses; nothing is loaded.
  ///
  /// @param name as [Class#getName()] has it
  static boolean contain(String name, ClassLoader loader) {
    ClassHeader header = ClassHeader.of(name, loader);
    if (header == null) {
      return false;
    }
    if (header.isInterface() || header.isEnum()) {
      return true;
    }
    if (header.superclass().equals("java.lang.Record")) {
      return isPassive(header);
    }
    for (int i = 0; i < MOST_SUPERCLASSES && header != null && isPassive(header); i++) {
      if (isOfJdk(header.superclass())) {
        return isJdkThrowable(header.superclass());
      }
      header = ClassHeader.of(header.superclass(), loader);
    }
    return false;
  }

  private static boolean isPassive(ClassHeader header) {
    return Collections.disjoint(header.methods(), ACTIVE);
  }

  private static boolean isJdkThrowable(String name) {
    Module module = jdkModule(name);
    Class<?> type = module == null ? null : Class.forName(module, name);
    return type != null && Throwable.class.isAssignableFrom(type) && ofJdk(name);
  }

  private static boolean isValue(Class<?> type) {
    return type.isInterface()
        || type.isEnum()
        || (type.getSuperclass() != null && type.getSuperclass().isEnum())
        || (type.isRecord() && !declaresActive(type));
  }

  /// {@return whether no class from this one up to those of the JDK has code for deserialization}
  private static boolean isPassive(Class<?> type) {
    for (Class<?> c = type; c != null && c != Throwable.class; c = c.getSuperclass()) {
      if (declaresActive(c) && !REVIEWED.contains(String.valueOf(c.getModule().getName()))) {
        return false;
      }
    }
    return true;
  }

  private static boolean declaresActive(Class<?> type) {
    try {
      for (Method method : type.getDeclaredMethods()) {
        if (ACTIVE.contains(method.getName())) {
          return true;
        }
      }
      return false;
    } catch (LinkageError e) {
      return true; // a class in its signatures is missing: it cannot be judged
    }
  }

  private static @Nullable Module jdkModule(String name) {
    int dot = name.lastIndexOf('.');
    if (dot <= 0) {
      return null;
    }
    String inPackage = name.substring(0, dot);
    for (Module module : ModuleLayer.boot().modules()) {
      String called = module.getName();
      if ((called.startsWith("java.") || called.startsWith("jdk."))
          && module.getPackages().contains(inPackage)) {
        return module;
      }
    }
    return null;
  }
}

package dev.tandem.pools.internal.codec;

import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.security.CodeSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The types that a body names: in the signature of a lambda, or in the fields and interfaces of a
/// class. With them the types that these name in turn (superclasses, permitted subclasses, types of
/// fields), if the naming class has the body's origin, or the named type the naming class's origin.
/// A type that is named there is meant to be sent.
final class NamedTypes {
  private static final int MOST = 200;

  private final Set<Class<?>> found = new LinkedHashSet<>();
  private final Deque<Class<?>> open = new ArrayDeque<>();

  /// The origin of the body.
  private final @Nullable String home;

  private NamedTypes(@Nullable String home) {
    this.home = home;
  }

  /// {@return the names of the classes that a lambda names; none of the JDK}
  ///
  /// @param owner the class in which the lambda is written
  /// @param loader finds the classes
  /// @param descriptors of methods
  static Set<String> ofLambda(String owner, @Nullable ClassLoader loader, String... descriptors) {
    @Nullable String home;
    try {
      home = source(Class.forName(owner, false, loader));
    } catch (ClassNotFoundException | LinkageError e) {
      return Set.of();
    }
    NamedTypes types = new NamedTypes(home);
    for (String descriptor : descriptors) {
      types.addAll(descriptor, loader);
    }
    return types.names();
  }

  /// {@return the names of the classes that the class of a body names; none of the JDK}
  static Set<String> ofBody(Class<?> body) {
    NamedTypes types = new NamedTypes(source(body));
    types.expand(body);
    for (Type implemented : body.getGenericInterfaces()) {
      types.addNear(body, implemented);
    }
    return types.names();
  }

  /// {@return the names of the classes that the methods of an interface name; none of the JDK}
  static Set<String> ofService(Class<?> service) {
    NamedTypes types = new NamedTypes(source(service));
    try {
      for (Method method : service.getMethods()) {
        types.addNear(service, method.getGenericReturnType());
        for (Type parameter : method.getGenericParameterTypes()) {
          types.addNear(service, parameter);
        }
      }
    } catch (LinkageError | RuntimeException e) {
      // a class that it names is missing
    }
    return types.names();
  }

  private Set<String> names() {
    for (Class<?> next = open.poll(); next != null; next = open.poll()) {
      expand(next);
    }
    Set<String> names = new LinkedHashSet<>();
    for (Class<?> type : found) {
      names.add(type.getName());
    }
    return names;
  }

  private void addAll(String descriptor, @Nullable ClassLoader loader) {
    try {
      MethodType type = MethodType.fromMethodDescriptorString(descriptor, loader);
      add(type.returnType());
      type.parameterList().forEach(this::add);
    } catch (RuntimeException | LinkageError e) {
      // a class is missing: the rejection of a type that needs it has the better message
    }
  }

  private void add(Class<?> type) {
    Class<?> component = type;
    while (component.isArray()) {
      component = component.getComponentType();
    }
    if (!component.isPrimitive()
        && !HarmlessTypes.isOfJdk(component.getName())
        && found.size() < MOST
        && found.add(component)) {
      open.add(component);
    }
  }

  private void expand(Class<?> type) {
    try {
      Class<?> superclass = type.getSuperclass();
      if (superclass != null) {
        addNear(type, superclass);
      }
      Class<?>[] permitted = type.getPermittedSubclasses();
      for (int i = 0; permitted != null && i < permitted.length; i++) {
        addNear(type, permitted[i]);
      }
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())
            && !Modifier.isTransient(field.getModifiers())) {
          addNear(type, field.getGenericType());
        }
      }
    } catch (LinkageError | RuntimeException e) {
      // a class that it names is missing
    }
  }

  private void addNear(Class<?> from, Type named) {
    if (named instanceof ParameterizedType generic) {
      addNear(from, generic.getRawType());
      for (Type argument : generic.getActualTypeArguments()) {
        addNear(from, argument);
      }
    } else if (named instanceof Class<?> type) {
      @Nullable String source = source(from);
      if (Objects.equals(source, home) || Objects.equals(source, source(type))) {
        add(type);
      }
    }
  }

  /// {@return the origin of a class, as a text, because comparing URLs asks the network}
  private static @Nullable String source(Class<?> type) {
    Class<?> component = type;
    while (component.isArray()) {
      component = component.getComponentType();
    }
    CodeSource source = component.getProtectionDomain().getCodeSource();
    return source == null || source.getLocation() == null ? null : source.getLocation().toString();
  }
}

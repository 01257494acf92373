package dev.tandem.core.internal;

import org.jspecify.annotations.Nullable;

/// The context class loaders of threads that run users' code.
///
/// Threads that Tandem makes with `inheritInheritableThreadLocals(false)` have the system class
/// loader, in which a program in a jar of jars, a web application or a program under a restarting
/// loader finds nothing of its own. So code that runs users' code on such a thread sets the context
/// class loader of the requesting thread, and removes it afterwards: a thread that outlives its
/// user must not keep the user's classes.
public final class ContextLoader {
  private ContextLoader() {}

  /// {@return the context class loader of the current thread if it finds the class `own`, else the
  /// loader of `own`}
  ///
  /// @param own a class of Tandem's
  public static ClassLoader thatFinds(Class<?> own) {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    if (context != null && finds(context, own)) {
      return context;
    }
    ClassLoader loader = own.getClassLoader();
    return loader == null ? ClassLoader.getSystemClassLoader() : loader;
  }

  private static boolean finds(ClassLoader loader, Class<?> own) {
    try {
      return Class.forName(own.getName(), false, loader) == own;
    } catch (ClassNotFoundException | LinkageError | RuntimeException e) {
      return false; // also of a loader that was closed
    }
  }

  /// {@return whether `ancestor` is `loader` or a parent of it, or loads the JDK's core}
  ///
  /// @param ancestor null is the loader of the JDK's core
  public static boolean isAncestor(@Nullable ClassLoader ancestor, ClassLoader loader) {
    if (ancestor == null || ancestor == ClassLoader.getPlatformClassLoader()) {
      return true;
    }
    for (ClassLoader l = loader; l != null; l = l.getParent()) {
      if (l == ancestor) {
        return true;
      }
    }
    return false;
  }

  /// Runs an action with this context class loader. Afterwards the current thread has the one that
  /// it had before, whatever the action has set.
  public static void run(@Nullable ClassLoader loader, Runnable action) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      action.run();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /// Gives the current thread the context class loader that it had before, if it has another now.
  public static void restore(Thread current, @Nullable ClassLoader before) {
    if (current.getContextClassLoader() != before) {
      current.setContextClassLoader(before);
    }
  }
}

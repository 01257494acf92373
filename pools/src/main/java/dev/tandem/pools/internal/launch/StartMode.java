package dev.tandem.pools.internal.launch;

import dev.tandem.pools.PoolStartException;
import dev.tandem.pools.internal.wire.WorkerJvm;
import org.jspecify.annotations.Nullable;

/// The ways of starting a JVM in which a worker can be started, too.
enum StartMode {
  /// Tandem is on the class path; an executable jar is one.
  CLASS_PATH,
  /// Tandem is a named module.
  MODULE_PATH,
  /// A jar of jars, read by Spring Boot's loader.
  SPRING_BOOT;

  /// {@return how `jvm` was started}
  ///
  /// @throws PoolStartException if no worker can be started that way; says what to do
  static StartMode of(ParentJvm jvm) {
    String number = jvm.property(WorkerJvm.NUMBER);
    if (number != null) {
      throw refuse(insideWorker(number));
    }
    if (jvm.property("java.home") == null) {
      throw refuse(
          "This program has no java.home: it is a native image, whose lambdas a JVM cannot run. "
              + "Workers need a JVM; use Tandem.newThreadPool here.");
    }
    String main = jvm.mainCommand();
    if (main.contains("com.sun.tools.javac.launcher.")) {
      throw refuse(
          "This program was started from its source file, as in `java Main.java`: its classes are "
              + "only in the memory of this JVM, and a worker could not find them. Compile it first: "
              + "`javac -d classes Main.java`, then `java -cp classes Main`.");
    }
    String loader = jvm.foreignLoader();
    if (main.contains("jdk.jshell") || (loader != null && loader.startsWith("jdk.jshell."))) {
      throw refuse(
          "This is JShell: what is typed there is only in the memory of this JVM, and a worker could "
              + "not find it. Put the tasks into compiled classes and start a program of its own, or "
              + "use Tandem.newThreadPool here.");
    }
    if (loader == null) {
      return jvm.module() == null ? CLASS_PATH : MODULE_PATH;
    }
    if (loader.startsWith(ParentLoaders.SPRING)) {
      return SPRING_BOOT;
    }
    throw refuse(
        "Tandem was loaded by the class loader "
            + loader
            + ", not by the JVM's own class path or module path, and a worker could not find its "
            + "classes: this is so in application servers, plug-ins, and build tools that run programs "
            + "inside themselves. Start the program in a JVM of its own (`java -cp ...`; with Maven "
            + "exec:exec instead of exec:java), or use Tandem.newThreadPool here.");
  }

  /// {@return the name of the class of Spring Boot's loader that starts any main class}
  static String springLauncher(@Nullable String loader) {
    // org.springframework.boot.loader.launch.LaunchedClassLoader; up to 3.1 without `launch`
    String name = loader == null ? ParentLoaders.SPRING : loader;
    return name.substring(0, name.lastIndexOf('.') + 1) + "PropertiesLauncher";
  }

  private static String insideWorker(String number) {
    return "A process pool is being created inside worker "
        + number
        + " of another one. Usually a class that a task needs creates it in a static field "
        + "(`static final POOL = Tandem.newProcessPool(...)`), which runs again in every worker. "
        + "Create the pool in main, or in a class that tasks do not touch.";
  }

  private static PoolStartException refuse(String why) {
    return new PoolStartException(why, null);
  }
}

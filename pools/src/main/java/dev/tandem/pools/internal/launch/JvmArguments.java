package dev.tandem.pools.internal.launch;

import dev.tandem.pools.internal.wire.WorkerJvm;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// JVM arguments that a user gives for workers.
public final class JvmArguments {
  /// Options of the `java` command whose value may be the next argument.
  private static final Set<String> WITH_VALUE =
      Set.of(
          "--add-modules",
          "--add-exports",
          "--add-opens",
          "--add-reads",
          "--limit-modules",
          "--patch-module",
          "--upgrade-module-path",
          "--enable-native-access",
          "--illegal-native-access",
          "--sun-misc-unsafe-memory-access");

  /// Options that choose the program that the JVM starts: the pool sets these itself.
  private static final Set<String> POOLS_OWN =
      Set.of(
          "-cp",
          "-classpath",
          "--class-path",
          "-p",
          "--module-path",
          "-jar",
          "-m",
          "--module",
          "--source",
          "-d",
          "--describe-module");

  /// Options with which the JVM prints something and exits instead of starting a program.
  private static final Set<String> EXITING =
      Set.of(
          "-version",
          "--version",
          "-fullversion",
          "--full-version",
          "-help",
          "--help",
          "-h",
          "-?",
          "-X",
          "--help-extra",
          "--list-modules",
          "--validate-modules",
          "--dry-run");

  private JvmArguments() {}

  /// Checks the arguments as far as possible without starting a JVM.
  ///
  /// @throws IllegalArgumentException naming the argument and what was expected
  /// @throws NullPointerException if the list or an element is null
  public static void check(List<String> arguments) {
    boolean value = false;
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument == null) {
        throw new NullPointerException("args[" + i + "]");
      }
      String wrong = value ? wrongValue(argument) : wrongOption(argument);
      if (wrong != null) {
        throw new IllegalArgumentException(
            "args[" + i + "] is \"" + argument + "\"; expected " + wrong);
      }
      value = !value && WITH_VALUE.contains(argument);
    }
    if (value) {
      throw new IllegalArgumentException(
          "the last of args is \"" + arguments.getLast() + "\"; expected its value to follow");
    }
  }

  private static @Nullable String wrongValue(String argument) {
    return argument.isBlank() || argument.startsWith("-") ? "the value of the option before" : null;
  }

  private static @Nullable String wrongOption(String argument) {
    if (argument.startsWith("@")) {
      return "an option itself, not a file of options";
    }
    if (!argument.startsWith("-")) {
      return "an option of the JVM, which starts with '-', such as -Xss2m";
    }
    if (!argument.equals(argument.strip())) {
      return "an option without blanks around it";
    }
    int equals = argument.indexOf('=');
    String name = equals < 0 ? argument : argument.substring(0, equals);
    if (POOLS_OWN.contains(name)) {
      return "no such option: workers have the class path, the module path and the main class of "
          + "the pool";
    }
    if (EXITING.contains(name)) {
      return "no such option: with it, the JVM prints something and starts no program";
    }
    if (name.equals("-D" + WorkerJvm.NUMBER)) {
      return "another name: the pool sets this property itself";
    }
    return null;
  }

  /// {@return the last argument that starts with `prefix`, which is the one that counts, or null}
  static @Nullable String last(List<String> arguments, String prefix) {
    for (int i = arguments.size() - 1; i >= 0; i--) {
      if (arguments.get(i).startsWith(prefix)) {
        return arguments.get(i);
      }
    }
    return null;
  }

  /// {@return whether a garbage collector is chosen} The JVM rejects a second choice.
  static boolean chooseCollector(List<String> arguments) {
    return arguments.stream().anyMatch(a -> a.startsWith("-XX:+Use") && a.endsWith("GC"));
  }

  /// {@return whether any option limits the heap}
  static boolean limitHeap(List<String> arguments) {
    return last(arguments, "-Xmx") != null
        || last(arguments, "-mx") != null
        || last(arguments, "-XX:MaxHeapSize") != null
        || last(arguments, "-XX:MaxRAM") != null;
  }
}

package dev.tandem.pools.internal.launch;

import dev.tandem.pools.internal.wire.Fingerprint;
import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A worker for tests: prints what was asked for, one answer a line, and exits.
final class EchoWorker {
  private EchoWorker() {}

  public static void main(String[] questions) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    for (String question : questions) {
      String answer = answer(question);
      out.println(
          question
              + "="
              + (answer == null ? "null" : answer.replace("\n", "\\n").replace("\r", "\\r")));
    }
    if (List.of(questions).contains("wait")) {
      System.in.read();
    }
  }

  private static @Nullable String answer(String question) throws Exception {
    if (question.startsWith("env.")) {
      return System.getenv(question.substring(4));
    }
    if (question.startsWith("class.")) {
      Class<?> c = Class.forName(question.substring(6));
      return c.getModule() + " " + c.getClassLoader();
    }
    if (question.startsWith("opens.")) {
      String p = question.substring(6);
      return "" + Object.class.getModule().isOpen(p, EchoWorker.class.getModule());
    }
    return switch (question) {
      case "fingerprint" -> Fingerprint.ofThisJvm();
      case "module" -> EchoWorker.class.getModule().toString();
      case "modules" -> ModuleLayer.boot().modules().toString();
      case "native" -> "" + EchoWorker.class.getModule().isNativeAccessEnabled();
      case "maxMemory" -> "" + Runtime.getRuntime().maxMemory();
      case "files" -> openFiles();
      case "refused" -> refused();
      default -> System.getProperty(question);
    };
  }

  private static String openFiles() throws Exception {
    StringBuilder out = new StringBuilder();
    String[] numbers = new File("/proc/self/fd").list();
    for (String n : numbers == null ? new String[0] : numbers) {
      File link = new File("/proc/self/fd", n);
      if (link.exists()) {
        out.append(n).append(' ').append(link.getCanonicalPath()).append(' ');
      }
    }
    return out.toString();
  }

  private static String refused() {
    try {
      return "" + StartMode.of(ParentJvm.current());
    } catch (RuntimeException e) {
      return "" + e.getMessage();
    }
  }
}

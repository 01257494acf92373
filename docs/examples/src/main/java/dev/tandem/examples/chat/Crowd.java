package dev.tandem.examples.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import dev.tandem.examples.chat.ChatClients.Report;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;

/// Many people who chat, in a JVM of their own: one process may open only so many files, and a
/// connection of a process to itself counts twice.
public final class Crowd implements AutoCloseable {
  private final Process jvm;
  private final BufferedWriter orders;
  private final BufferedReader reports;

  private Crowd(Process jvm) {
    this.jvm = jvm;
    orders = jvm.outputWriter(UTF_8);
    reports = jvm.inputReader(UTF_8);
  }

  /// {@return a crowd that is ready}
  ///
  /// @throws IOException if its JVM cannot be started
  public static Crowd start() throws IOException {
    return new Crowd(
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "--sun-misc-unsafe-memory-access=deny",
                "-XX:+UseSerialGC", // it lives for seconds: start fast, stay small
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "-classpath",
                System.getProperty("java.class.path"),
                ChatClients.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  /// Each comes, says hello and leaves before the next one comes.
  ///
  /// @param port the server's
  /// @param people how many
  /// @return what they saw
  /// @throws IOException if their JVM died
  public Report oneByOne(int port, int people) throws IOException {
    return order("one-by-one", port, people);
  }

  /// All come and stay, all say hello, one says something to all, and all leave.
  ///
  /// @param port the server's
  /// @param people how many
  /// @return what they saw
  /// @throws IOException if their JVM died
  public Report allAtOnce(int port, int people) throws IOException {
    return order("all-at-once", port, people);
  }

  private Report order(String how, int port, int people) throws IOException {
    orders.write("%s %d %d%n".formatted(how, port, people));
    orders.flush();
    String report = reports.readLine();
    if (report == null) {
      throw new IOException("the crowd's JVM has died; what it said is on standard error");
    }
    return new Gson().fromJson(report, Report.class);
  }

  @Override
  public void close() {
    jvm.destroy();
  }
}

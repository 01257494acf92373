package dev.tandem.benchmarks;

import dev.tandem.benchmarks.chat.ChatClient;
import dev.tandem.benchmarks.chat.ChatServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// 10,000 connections to a chat server: how long a round takes in which everyone says a line, and
/// how much memory the server's process then holds. The client is the same for both, in a process
/// of its own.
///
/// @param round the time of a round
/// @param memory the server's resident memory after the last round, with all connections open
record ChatContest(Measure round, Measure memory) implements Contest {
  static final String PEER_NAME = "Python asyncio";

  private static final int CONNECTIONS = 10_000;
  private static final int ROUNDS = 9;

  /// Compiler threads and the trimming of malloc's heap need a moment until they have given back
  /// what the start took. Python gets the same moment.
  private static final Duration REST = Duration.ofSeconds(6);

  /// What keeps the server small; README.md says what each is worth.
  private static final List<String> SERVER_FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:+UseCompactObjectHeaders",
          "-Xmx36m",
          "-Xmn6m",
          "-Xbatch",
          "-XX:TrimNativeHeapInterval=500",
          "-XX:+ExitOnOutOfMemoryError",
          "--sun-misc-unsafe-memory-access=deny");

  @Override
  public List<Measure> measures() {
    return List.of(round, memory);
  }

  @Override
  public Optional<double[]> fork(Side side, Plan plan) throws IOException, InterruptedException {
    Optional<List<String>> server =
        side == Side.OURS
            ? Optional.of(ChildProcess.java(ChatServer.class, SERVER_FLAGS))
            : Python.command("chat_server.py");
    if (server.isEmpty()) {
      return Optional.empty();
    }
    try (var serving = ChildProcess.start(server.get())) {
      String port = serving.readLine();
      List<String> client =
          ChildProcess.java(ChatClient.class, List.of("-XX:+UseSerialGC", "-Xmx256m"));
      client.addAll(List.of(port, "" + CONNECTIONS, "" + ROUNDS));
      try (var talking = ChildProcess.start(client)) {
        String times = talking.readLine();
        Thread.sleep(REST);
        double megabytes = ResidentMemory.bytes(serving.pid()) / 1e6;
        plan.append(
            "chat, %s: connect, first round, round: %s; %.1f MB".formatted(side, times, megabytes));
        return Optional.of(new double[] {Double.parseDouble(times.split(" ")[2]), megabytes});
      }
    }
  }
}

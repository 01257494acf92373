package dev.tandem.examples.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import dev.tandem.Tandem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Queue;
import java.util.Scanner;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;

/// Many people who chat. A [Crowd] is the same in a JVM of its own.
public final class ChatClients {
  private static final int PATIENCE_MILLIS = 30_000;

  private ChatClients() {}

  /// What the people saw.
  ///
  /// @param answers how many got the right answer to their hello
  /// @param heard how many heard what one of them said to all
  public record Report(int answers, int heard) {}

  private record Person(int number, Line line) {
    boolean saysHello() throws IOException {
      line.send("hello from " + number);
      return ("you said hello from " + number).equals(line.receive());
    }

    boolean hears(String expected) throws IOException {
      return expected.equals(line.receive());
    }
  }

  /// Each comes, says hello and leaves before the next one comes.
  ///
  /// @param port the server's
  /// @param people how many
  /// @return what they saw
  /// @throws IOException if a client could not connect or speak
  public static Report oneByOne(int port, int people) throws IOException {
    int answers = 0;
    for (int number = 0; number < people; number++) {
      try (var line = connect(port)) {
        answers += new Person(number, line).saysHello() ? 1 : 0;
      }
    }
    return new Report(answers, 0);
  }

  /// All come and stay; all say hello and get their answer; one says something to all, and all hear
  /// it; then all leave.
  ///
  /// @param port the server's
  /// @param people how many
  /// @return what they saw
  /// @throws ExecutionException if a client could not connect
  /// @throws InterruptedException if interrupted
  /// @throws IOException if a client could not speak
  public static Report allAtOnce(int port, int people)
      throws ExecutionException, InterruptedException, IOException {
    Queue<Person> there = new ConcurrentLinkedQueue<>();
    try (var net = Tandem.newVirtualThreadExecutor()) {
      try {
        net.forEach(
            IntStream.range(0, people)::iterator,
            number -> there.add(new Person(number, connect(port))));
        long answers = net.map(there, Person::saysHello).filter(yes -> yes).count();
        there.element().line().send("/all lunch is ready");
        long heard = net.map(there, p -> p.hears("lunch is ready")).filter(yes -> yes).count();
        return new Report((int) answers, (int) heard);
      } finally {
        net.forEach(there, person -> person.line().close());
      }
    }
  }

  private static Line connect(int port) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return new Line(socket);
  }

  /// Reads orders such as `all-at-once 4711 10000` (how, port, people) from standard input, line by
  /// line, and prints a report as JSON for each.
  static void main() throws Exception {
    var orders = new Scanner(System.in, UTF_8);
    while (orders.hasNext()) {
      boolean allAtOnce = orders.next().equals("all-at-once");
      int port = orders.nextInt();
      int people = orders.nextInt();
      Report report = allAtOnce ? allAtOnce(port, people) : oneByOne(port, people);
      System.out.println(new Gson().toJson(report));
    }
  }
}

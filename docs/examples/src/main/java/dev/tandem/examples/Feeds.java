package dev.tandem.examples;

import static dev.tandem.queues.Select.select;

import dev.tandem.Tandem;
import dev.tandem.examples.site.Slow;
import dev.tandem.queues.Channel;
import dev.tandem.queues.ChannelBody;
import dev.tandem.queues.ChannelClosedException;
import dev.tandem.queues.Sink;
import dev.tandem.structured.TaskScope;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

/// Three feeds of different kinds, each with its own speed, and one loop that writes whatever comes
/// next into a log. Only the loop touches the log, so it needs no lock.
final class Feeds {
  private Feeds() {}

  record Temperature(int degrees) {}

  record Price(long cents) {}

  /// A device or a server that has to be waited for.
  private interface Feed<T> {
    T read(int i) throws InterruptedException;
  }

  private static Temperature temperature(int i) throws InterruptedException {
    Slow.io(4);
    return new Temperature(i);
  }

  private static Price price(int i) throws InterruptedException {
    Slow.io(5);
    return new Price(i);
  }

  private static String headline(int i) throws InterruptedException {
    Slow.io(6);
    return "number " + i;
  }

  static List<String> sequential(int each) throws InterruptedException {
    List<String> log = new ArrayList<>();
    for (int i = 0; i < each; i++) {
      log.add(line(temperature(i)));
      log.add(line(price(i)));
      log.add(line(headline(i)));
    }
    return sorted(log);
  }

  static List<String> concurrent(int each) throws ExecutionException, InterruptedException {
    Channel<Temperature> temperatures = Tandem.newChannel(10);
    Channel<Price> prices = Tandem.newChannel(10);
    Channel<String> headlines = Tandem.newChannel(10);
    List<String> log = new ArrayList<>();
    try (var scope = TaskScope.open(cf -> cf.withName("feeds"))) {
      scope.fork("temperatures", temperatures.producer(all(each, Feeds::temperature)));
      scope.fork("prices", prices.producer(all(each, Feeds::price)));
      scope.fork("headlines", headlines.producer(all(each, Feeds::headline)));
      try {
        while (true) {
          log.add(
              select(
                  temperatures.onTake(Feeds::line),
                  prices.onTake(Feeds::line),
                  headlines.onTake(Feeds::line)));
        }
      } catch (ChannelClosedException _) {
        scope.join(); // all have ended, or one has failed: then this says so
      }
    }
    return sorted(log);
  }

  private static List<String> sorted(List<String> log) {
    return log.stream().sorted().toList(); // which feed comes first differs from run to run
  }

  private static <T> ChannelBody<Sink<T>> all(int each, Feed<T> feed) {
    return out -> {
      for (int i = 0; i < each; i++) {
        out.put(feed.read(i));
      }
    };
  }

  private static String line(Temperature t) {
    return "%d degrees".formatted(t.degrees());
  }

  private static String line(Price p) {
    return "%d cents".formatted(p.cents());
  }

  private static String line(String headline) {
    return "news: " + headline;
  }

  /// {@return what any run must give}
  static List<String> expected(int each) {
    List<String> log = new ArrayList<>();
    for (int i = 0; i < each; i++) {
      log.addAll(List.of(line(new Temperature(i)), line(new Price(i)), line("number " + i)));
    }
    return sorted(log);
  }

  static void main() throws Exception {
    Timed.print("sequential", () -> sequential(100).size() + " lines");
    Timed.print("concurrent", () -> concurrent(100).size() + " lines");
  }
}

package dev.tandem.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.queues.Channel;
import dev.tandem.queues.ChannelClosedException;
import dev.tandem.queues.Select;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.ObjectName;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Channels between processes that have come to their end: nothing of them is kept, and what
/// processes still have of them says that they are closed, and why.
class EndedChannelTest {
  private static final Duration SOON = Duration.ofMillis(20);
  private static final Pattern OURS =
      Pattern.compile("(\\d+) +\\d+ +(dev\\.tandem\\.(?:pools\\.internal|queues)\\.[\\w.$]+)");

  @RegisterExtension final ProcessPoolProbe probe = new ProcessPoolProbe();

  private static <T> T get(Future<T> future) throws Exception {
    return future.get(20, TimeUnit.SECONDS);
  }

  /// {@return the classes of this library of which this JVM has many objects, with their numbers}
  static TreeMap<String, Integer> histogram(int many) throws Exception {
    String all =
        (String)
            ManagementFactory.getPlatformMBeanServer()
                .invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                    "gcClassHistogram",
                    new Object[] {new String[0]},
                    new String[] {String[].class.getName()});
    TreeMap<String, Integer> counts = new TreeMap<>();
    Matcher matcher = OURS.matcher(all);
    while (matcher.find()) {
      int count = Integer.parseInt(matcher.group(1));
      if (count >= many) {
        counts.put(matcher.group(2), count);
      }
    }
    return counts;
  }

  /// What a worker does with a channel of its own.
  record Request(int number, Channel<Integer> channel, Channel<Integer> answers) {}

  private static int serve(Channel<Request> requests) throws Exception {
    int count = 0;
    for (Request request : requests) {
      Channel<Integer> channel = request.channel;
      switch (request.number % 5) {
        case 0 -> { // takes to the end
          for (int element : channel) {
            request.answers.put(element);
          }
        }
        case 1 -> { // puts and closes
          channel.put(request.number);
          channel.close();
        }
        case 2 -> channel.put(request.number); // does not see the end
        case 3 -> request.answers.put(channel.take()); // nor does this
        default -> channel.closeExceptionally(new IllegalStateException("boom"));
      }
      count++;
    }
    return count;
  }

  @Test
  @Timeout(300)
  void nothingIsKeptOfManyShortChannels() throws Exception {
    int count = Integer.getInteger("tandem.channels", 1_000);
    Map<String, Integer> before = histogram(1); // other tests have left some
    ProcessPool pool = probe.open(1);
    Channel<Request> requests = pool.newChannel(1);
    Channel<Integer> answers = pool.newChannel(1);
    var served = probe.watch(pool.submit(() -> serve(requests)));
    for (int i = 0; i < count; i++) {
      Channel<Integer> channel = pool.newChannel(1 + i % 3);
      if (i % 5 == 0 || i % 5 == 3) {
        channel.put(i);
      }
      if (i % 5 == 0) {
        channel.close();
      }
      requests.put(new Request(i, channel, answers));
      switch (i % 5) {
        case 0 -> assertThat(answers.take()).isEqualTo(i);
        case 1 -> assertThat(channel).containsExactly(i);
        case 2 -> {
          assertThat(channel.take()).isEqualTo(i);
          channel.close();
        }
        case 3 -> {
          assertThat(answers.take()).isEqualTo(i);
          channel.close();
        }
        default -> assertThatThrownBy(channel::take).hasRootCauseMessage("boom");
      }
    }
    requests.close();
    assertThat(served.get(60, TimeUnit.SECONDS)).isEqualTo(count);

    int many = count / 20;
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> {
          waitIn(pool.newChannel(1)); // what was collected is found by the next
          Map<String, Integer> here = histogram(many);
          here.entrySet()
              .removeIf(each -> each.getValue() - before.getOrDefault(each.getKey(), 0) < many);
          assertThat(here).as("more here, before %s", before).isEmpty();
          assertThat(files()).as("lanes").hasSizeLessThan(20);
        });
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> {
          Channel<Integer> next = pool.newChannel(1);
          Map<String, Integer> there =
              get(
                  pool.submit(() -> {
                    waitIn(next);
                    return histogram(many);
                  }));
          assertThat(there).as("in the worker").isEmpty();
        });
  }

  private static void waitIn(Channel<Integer> channel) throws Exception {
    assertThat(channel.poll(Duration.ofMillis(1))).isNull();
    channel.close();
  }

  private List<String> files() throws Exception {
    return ProcessPoolProbe.files(probe.pages());
  }

  @Test
  void lateCallsAreHarmless() throws Exception {
    ProcessPool pool = probe.open(1);
    for (int i = 0; i < 4; i++) {
      boolean fails = i % 2 == 1;
      Channel<Integer> gate = pool.newChannel(1);
      var waits = pool.submit(gate::take);
      Future<String> late;
      Future<Integer> never;
      {
        Channel<Integer> channel = pool.newChannel(1);
        late = pool.submit(() -> late(channel)); // its handle is encoded by now
        never = pool.submit(() -> count(channel));
        if (fails) {
          channel.closeExceptionally(new IllegalStateException("boom"));
        } else {
          channel.close();
        }
      }
      System.gc();
      gate.put(1);
      get(waits);
      assertThat(get(late))
          .isEqualTo("true true 0 null-or-closed closed closed [] true " + (fails ? "boom" : "-"));
      if (fails) {
        assertThatThrownBy(() -> get(never)).hasRootCauseMessage("boom");
      } else {
        assertThat(get(never)).isZero();
      }
    }
  }

  private static int count(Channel<Integer> channel) {
    int count = 0;
    for (int _ : channel) {
      count++;
    }
    return count;
  }

  private static String late(Channel<Integer> channel) throws Exception {
    StringBuilder seen = new StringBuilder();
    seen.append(channel.isClosed()).append(' ').append(channel.isDrained()).append(' ');
    seen.append(channel.size()).append(' ');
    Throwable cause = null;
    try {
      seen.append(channel.poll() == null ? "null-or-closed " : "element ");
    } catch (ChannelClosedException e) {
      seen.append("null-or-closed ");
    }
    try {
      channel.put(1);
    } catch (ChannelClosedException e) {
      seen.append("closed ");
    }
    try {
      channel.offer(1);
    } catch (ChannelClosedException e) {
      cause = e.getCause();
      seen.append("closed ");
    }
    channel.close();
    seen.append(channel.closeNow()).append(' ');
    seen.append(cause != null || channel.awaitDone(SOON)).append(' ');
    return seen.append(cause == null ? "-" : cause.getMessage()).toString();
  }

  @Test
  void selectInAWorkerEndsWithItsLastSource() throws Exception {
    ProcessPool pool = probe.open(1);
    Channel<Integer> channel = pool.newChannel(1);
    Channel<Integer> open = pool.newChannel(1);
    channel.close();

    assertThat(
            get(
                pool.submit(() -> {
                  try {
                    return Select.select(channel.onTake(i -> "took"));
                  } catch (ChannelClosedException e) {
                    return Select.select(
                        channel.onTake(i -> "took"),
                        open.onTake(i -> "took"),
                        Select.after(SOON, () -> "after"));
                  }
                })))
        .isEqualTo("after");
  }

  @Test
  void putThatMeetsTheEndFindsTheChannelClosed() throws Exception {
    ProcessPool pool = probe.open(1);
    for (int i = 0; i < 200; i++) {
      Channel<Integer> channel = pool.newChannel(1);
      channel.close();
      assertThat(get(pool.submit(() -> putAndTake(channel)))).isEqualTo("closed closed");
    }
  }

  private static String putAndTake(Channel<Integer> channel) throws Exception {
    CyclicBarrier start = new CyclicBarrier(2);
    FutureTask<String> taker = new FutureTask<>(() -> closed(start, channel::take));
    Thread.ofPlatform().start(taker);
    String put =
        closed(
            start,
            () -> {
              channel.put(1);
              return 1;
            });
    return put + " " + taker.get();
  }

  private static String closed(CyclicBarrier start, Callable<Integer> call) throws Exception {
    start.await();
    try {
      return "no failure: " + call.call();
    } catch (ChannelClosedException _) {
      return "closed";
    } catch (RuntimeException e) {
      return e.toString();
    }
  }
}

package dev.tandem.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.Tandem;
import dev.tandem.queues.Channel;
import dev.tandem.queues.ChannelClosedException;
import dev.tandem.queues.PartialPutInterruptedException;
import dev.tandem.queues.Select;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Elements of a channel between processes that travel as files: each way in which one is not put
/// leaves no file, and each that is put has one of its own.
class LargeElementTest {
  private static final int LARGE = 100_000;
  private static final Duration SOON = Duration.ofMillis(20);

  @RegisterExtension final ProcessPoolProbe probe = new ProcessPoolProbe();

  private static <T> T get(Future<T> future) throws Exception {
    return future.get(20, TimeUnit.SECONDS);
  }

  private static byte[] large(int number) {
    byte[] bytes = new byte[LARGE];
    bytes[0] = (byte) number;
    return bytes;
  }

  private List<String> files() throws IOException {
    return ProcessPoolProbe.files(probe.pages()).stream()
        .filter(file -> file.contains("element-"))
        .toList();
  }

  /// {@return the result of a call in a thread that has begun to wait and was interrupted}
  private static <T> FutureTask<T> interrupted(Callable<T> call) {
    FutureTask<T> task = new FutureTask<>(call);
    Thread thread = Thread.ofPlatform().daemon().start(task);
    Awaitility.await()
        .pollInterval(Duration.ofMillis(1))
        .until(() -> task.isDone() || thread.getState().name().endsWith("WAITING"));
    thread.interrupt();
    return task;
  }

  /// The worker was writing the file when it died: it had no lane yet.
  @Test
  void fileOfAWorkerThatDiesInItsFirstPutGoes() throws Exception {
    ProcessPool pool = probe.open(1);
    long worker = Workers.awaitReady(pool, 1).getFirst();
    int number = pool.workers().getFirst().number();
    Channel<byte[]> channel = pool.newChannel(1);
    Path directory;
    try (Stream<Path> found = Files.list(probe.pages())) {
      directory = found.findFirst().orElseThrow();
    }
    Path ofWorker = Files.write(directory.resolve("element-" + number + "-1-1"), large(1));
    channel.put(large(2)); // the first channel of this pool: its number is 1
    assertThat(files()).hasSize(2).anyMatch(file -> file.contains("element-0-1-1"));

    Workers.kill(worker);

    Awaitility.await().until(() -> Files.notExists(ofWorker));
    assertThat(channel.take()).isEqualTo(large(2));
    assertThat(files()).isEmpty();
  }

  @Test
  void clauseThatIsNotChosenLeavesNoFile() throws Exception {
    ProcessPool pool = probe.open(1);
    Channel<byte[]> full = pool.newChannel(1);
    full.put(new byte[1]);

    assertThat(clauseThatIsNotChosen(full)).isEqualTo("no after closed");
    assertThat(files()).isEmpty();
    Channel<byte[]> other = pool.newChannel(1);
    other.put(new byte[1]);
    assertThat(get(pool.submit(() -> clauseThatIsNotChosen(other)))).isEqualTo("no after closed");
    assertThat(files()).isEmpty();
  }

  private static String clauseThatIsNotChosen(Channel<byte[]> full) throws Exception {
    Select.Clause<String> put = full.onPut(large(1), () -> "put");
    String now = Select.select(put, Select.otherwise(() -> "no"));
    String later = Select.select(put, Select.after(SOON, () -> "after"));
    assertThatThrownBy(() -> Select.select(put, Select.otherwise(() -> ""), null))
        .isInstanceOf(NullPointerException.class);
    full.close();
    try {
      return Select.select(put);
    } catch (ChannelClosedException _) {
      return now + " " + later + " closed";
    }
  }

  @Test
  void clausePutsAnElementOfItsOwnEachTime() throws Exception {
    ProcessPool pool = probe.open(1);
    Channel<byte[]> channel = pool.newChannel(3);

    assertThat(putTwiceByOneClause(channel)).isEqualTo("put put");
    assertThat(get(pool.submit(() -> takeTwice(channel)))).isEqualTo(14);
    assertThat(get(pool.submit(() -> putTwiceByOneClause(channel)))).isEqualTo("put put");
    assertThat(takeTwice(channel)).isEqualTo(14);
    assertThat(files()).isEmpty();
  }

  private static String putTwiceByOneClause(Channel<byte[]> channel) throws Exception {
    Select.Clause<String> put = channel.onPut(large(7), () -> "put");
    return Select.select(put) + " " + Select.select(put);
  }

  private static int takeTwice(Channel<byte[]> channel) throws Exception {
    return channel.take()[0] + channel.take()[0];
  }

  @Test
  void smallElementOfOneClauseIsPutTwice() throws Exception {
    ProcessPool pool = probe.open(1);
    Channel<String> channel = pool.newChannel(4);
    Select.Clause<String> put = channel.onPut("x", () -> "put");
    channel.put("a");
    Select.select(put);
    channel.put("b");
    Select.select(put);

    assertThat(channel.closeNow()).containsExactly("a", "x", "b", "x");
  }

  @Test
  void putThatFailsLeavesNoFile() throws Exception {
    ProcessPool pool = probe.open(1);
    Channel<byte[]> here = pool.newChannel(1);
    here.put(new byte[1]);
    Channel<byte[]> there = pool.newChannel(1);
    there.put(new byte[1]);

    assertThat(putsThatFail(here)).isEqualTo("false false interrupted 0 closed closed 0");
    assertThat(files()).isEmpty();
    assertThat(get(pool.submit(() -> putsThatFail(there))))
        .isEqualTo("false false interrupted 0 closed closed 0");
    assertThat(files()).isEmpty();
  }

  private static String putsThatFail(Channel<byte[]> full) throws Exception {
    StringBuilder seen = new StringBuilder();
    seen.append(full.offer(large(1))).append(' ').append(full.offer(large(1), SOON)).append(' ');
    FutureTask<String> put = interrupted(() -> interruptedPut(full));
    seen.append(get(put)).append(' ');
    FutureTask<String> all = interrupted(() -> interruptedPutAll(full));
    seen.append(get(all)).append(' ');
    full.close();
    try {
      full.put(large(1));
    } catch (ChannelClosedException _) {
      seen.append("closed ");
    }
    try {
      full.putAll(List.of(large(1), large(2)));
    } catch (ChannelClosedException e) {
      seen.append("closed ").append(e.acceptedCount());
    }
    return seen.toString();
  }

  private static String interruptedPut(Channel<byte[]> full) {
    try {
      full.put(large(1));
      return "put";
    } catch (InterruptedException _) {
      return "interrupted";
    }
  }

  private static String interruptedPutAll(Channel<byte[]> full) throws InterruptedException {
    try {
      full.putAll(List.of(large(1), large(2)));
      return "put";
    } catch (PartialPutInterruptedException e) {
      return "" + e.acceptedCount();
    }
  }

  @Test
  void whatAnInterruptedBatchHasPutStays() throws Exception {
    ProcessPool pool = probe.open(1);
    Channel<byte[]> channel = pool.newChannel(2);
    FutureTask<String> batch =
        interrupted(() -> {
          try {
            channel.putAll(List.of(large(1), large(2), large(3)));
            return "put";
          } catch (PartialPutInterruptedException e) {
            return "" + e.acceptedCount();
          }
        });

    assertThat(get(batch)).isEqualTo("2");
    assertThat(files()).hasSize(2);
    assertThat(get(pool.submit(() -> takeTwice(channel)))).isEqualTo(3);
    assertThat(files()).isEmpty();
  }

  static final class Refused implements Serializable {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("unused") // it makes the element large
    private final byte[] body = large(1);

    private void readObject(ObjectInputStream in) throws IOException {
      throw new InvalidObjectException("refused");
    }
  }

  @Test
  void closeNowHandsBackAllThatCanBeAccepted() throws Exception {
    ProcessPool pool = probe.open(1);
    Channel<Object> channel = pool.newChannel(4);
    channel.putAll(List.of("first", new Refused(), large(3), "last"));

    List<Object> left = channel.closeNow();

    assertThat(left).hasSize(3).startsWith("first").endsWith("last");
    assertThat(files()).isEmpty();
  }

  @Test
  void putAfterTheEndOfThePoolFindsTheChannelClosed() throws Exception {
    Channel<byte[]> channel;
    try (var pool = Tandem.newProcessPool(1)) {
      channel = pool.newChannel(4);
    }
    Select.Clause<String> put = channel.onPut(large(1), () -> "put");

    assertThatThrownBy(() -> channel.put(large(1))).isInstanceOf(ChannelClosedException.class);
    assertThatThrownBy(() -> channel.offer(large(1))).isInstanceOf(ChannelClosedException.class);
    assertThatThrownBy(() -> channel.putAll(Collections.nCopies(2, large(1))))
        .isInstanceOf(ChannelClosedException.class);
    assertThatThrownBy(() -> Select.select(put)).isInstanceOf(ChannelClosedException.class);
  }
}

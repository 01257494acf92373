package dev.tandem.queues;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.lang.Thread.State;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What Flight Recorder hears of channels.
class RecordedChannelsTest {
  private static final String PARK = "dev.tandem.ChannelPark";
  private static final String CLOSE = "dev.tandem.ChannelClose";

  @TempDir Path folder;
  private final Recording recording = new Recording();
  private final List<Thread> threads = new ArrayList<>();

  @BeforeEach
  void record() {
    recording.enable(PARK).withThreshold(Duration.ZERO);
    recording.enable(CLOSE);
    recording.start();
  }

  @AfterEach
  void end() {
    recording.close();
    threads.forEach(Thread::interrupt);
  }

  private List<RecordedEvent> recorded(String name) throws Exception {
    recording.stop();
    Path file = folder.resolve("channels.jfr");
    recording.dump(file);
    return RecordingFile.readAllEvents(file).stream()
        .filter(event -> event.getEventType().getName().equals(name))
        .toList();
  }

  /// Runs a step in a thread, and returns when that is parked.
  private <T> Future<T> parked(Callable<T> step) {
    FutureTask<T> task = new FutureTask<>(step);
    Thread thread = Thread.ofVirtual().start(task);
    threads.add(thread);
    await()
        .until(
            () -> thread.getState() == State.WAITING || thread.getState() == State.TIMED_WAITING);
    return task;
  }

  static Stream<Channel<Integer>> channels() {
    return Stream.of(
        Channel.bounded(1, cf -> cf.withName("c")),
        Channel.unbounded(cf -> cf.withName("c")),
        Channel.rendezvous(cf -> cf.withName("c")));
  }

  @ParameterizedTest
  @MethodSource("channels")
  void parkOfATakerIsRecorded(Channel<Integer> channel) throws Exception {
    Future<Integer> taken = parked(channel::take);
    channel.put(1);
    assertThat(taken.get(20, SECONDS)).isEqualTo(1);

    assertThat(recorded(PARK))
        .filteredOn(event -> event.getString("side").equals("TAKE"))
        .last()
        .satisfies(event -> {
          assertThat(event.getString("channel")).isEqualTo("c");
          assertThat(event.getBoolean("woken")).isTrue();
          assertThat(event.getThread().isVirtual()).isTrue();
          assertThat(event.getDuration()).isPositive();
        });
  }

  @Test
  void parkOfAPutterIsRecorded() throws Exception {
    Channel<Integer> full = Channel.bounded(1, cf -> cf.withName("full"));
    full.put(1);

    Future<?> put =
        parked(() -> {
          full.put(2);
          return null;
        });
    full.take();
    put.get(20, SECONDS);

    assertThat(recorded(PARK))
        .isNotEmpty()
        .allSatisfy(event -> {
          assertThat(event.getString("channel")).isEqualTo("full");
          assertThat(event.getString("side")).isEqualTo("PUT");
        });
  }

  @Test
  void parksOfASelectAndOfAwaitDoneAreRecorded() throws Exception {
    Channel<Integer> a = Channel.bounded(1, cf -> cf.withName("a"));
    Channel<Integer> b = Channel.bounded(1, cf -> cf.withName("b"));

    Future<Integer> selected = parked(() -> Select.select(a.onTake(n -> n), b.onTake(n -> n)));
    a.put(1);
    assertThat(selected.get(20, SECONDS)).isEqualTo(1);
    Future<Boolean> done =
        parked(() -> {
          a.awaitDone();
          return true;
        });
    a.taskDone();
    assertThat(done.get(20, SECONDS)).isTrue();

    assertThat(recorded(PARK))
        .extracting(event -> event.getString("side"), event -> event.getString("channel"))
        .contains(tuple("SELECT", "a, b"), tuple("DONE", "a"));
  }

  @Test
  void whatNeedNotWaitHasNoEvent() throws Exception {
    Channel<Integer> channel = Channel.bounded(1);
    channel.put(1);
    channel.take();
    assertThat(channel.offer(1)).isTrue();
    assertThat(channel.offer(1)).isFalse();

    assertThat(recorded(PARK)).isEmpty();
  }

  @Test
  void firstCloseIsRecordedWithWhatIsLeftAndItsCause() throws Exception {
    Channel<Integer> left = Channel.bounded(4, cf -> cf.withName("left"));
    left.put(1);
    left.put(2);
    left.close();
    left.closeExceptionally(new IllegalStateException("too late"));
    Channel<Integer> failed = Channel.rendezvous(cf -> cf.withName("failed"));
    failed.closeExceptionally(new IllegalStateException("no more"));
    Channel<Integer> now = Channel.unbounded(cf -> cf.withName("now"));
    now.put(1);
    assertThat(now.closeNow()).containsExactly(1);

    assertThat(recorded(CLOSE))
        .extracting(
            event -> event.getString("channel"),
            event -> event.getInt("elements"),
            event -> event.getClass("cause") == null ? null : event.getClass("cause").getName())
        .containsExactly(
            tuple("left", 2, null),
            tuple("failed", 0, IllegalStateException.class.getName()),
            tuple("now", 1, null));
  }
}

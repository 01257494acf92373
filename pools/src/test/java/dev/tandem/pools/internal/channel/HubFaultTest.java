package dev.tandem.pools.internal.channel;

import static dev.tandem.pools.internal.channel.LocalHub.number;
import static dev.tandem.pools.internal.channel.LocalHub.parcel;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.pools.internal.channel.LocalHub.LocalWorker;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What goes wrong with one element, or with what is owed to one worker, goes wrong with that
/// alone.
class HubFaultTest {
  private static final int UNKNOWN = 13; // a definition

  /// {@return a parcel that no lane can be given}
  private static Parcel bad() {
    return new Parcel(Parcel.POOL, new byte[4], new int[] {UNKNOWN}, null);
  }

  private static LocalHub hub() {
    return new LocalHub(
        4,
        (_, id) -> {
          throw new IllegalStateException("no definition " + id);
        });
  }

  @Test
  void elementThatCannotBeGivenToAWorkerFailsAlone() throws Exception {
    LocalHub local = hub();
    LocalWorker consumer = local.consumer();
    local.pool.put(bad());
    local.pool.put(parcel(1));

    assertThat(number(consumer.channel.poll(Duration.ofSeconds(20)))).isEqualTo(1);
    assertThat(local.pool.size()).isZero();
    assertThat(local.hub.done.lost()).isEqualTo(1);
    assertThat(consumer.steps.taskDone()).isTrue();
    local.hub.rung();
    assertThat(local.pool.awaitDone(Duration.ofSeconds(20))).isTrue();
  }

  @Test
  void elementThatCannotBeGivenToAnyDoesNotEndTheLookForAnother() throws Exception {
    LocalHub local = hub();
    for (int i = 0; i < 3; i++) {
      local.pool.put(bad());
    }
    local.pool.put(parcel(1));
    LocalWorker consumer = local.consumer();

    assertThat(number(consumer.channel.poll(Duration.ofSeconds(20)))).isEqualTo(1);
    local.pool.close();
    assertThat(local.pool.isDrained()).isTrue();
  }

  @Test
  void errorWhileAnElementIsGivenLeavesItWhereItIs() throws Exception {
    boolean[] fails = {true};
    LocalHub local =
        new LocalHub(
            4,
            (_, _) -> {
              if (fails[0]) {
                throw new StackOverflowError("as a test wants it");
              }
              return new byte[4];
            });
    LocalWorker consumer = local.consumer();
    local.pool.put(bad());
    fails[0] = false;

    assertThat(consumer.channel.poll(Duration.ofSeconds(20))).isNotNull();
    assertThat(local.hub.done.lost()).isZero();
  }

  /// The name of the file of a large element is none that a worker of ours writes.
  @Test
  void workerThatPutsWhatCannotBeReadIsLostAlone() throws Exception {
    LocalHub local = hub();
    LocalWorker broken = local.producer();
    LocalWorker good = local.producer();
    Path file = Path.of("element-of-another-kind");
    byte[] name = RecordWriter.bytes(file.toString());

    broken.channel.put(new Parcel(broken.number, name, Parcel.NO_DEFINITIONS, file));
    good.channel.put(parcel(2));

    assertThat(number(local.pool.poll(Duration.ofSeconds(20)))).isEqualTo(2);
    assertThat(broken.isGone()).isTrue();
    assertThat(good.isGone()).isFalse();
    assertThat(local.pool.size()).isZero();
  }

  @Test
  void definitionBeyondAllLimitsEndsTheWorkerThatPutsIt() throws Exception {
    LocalHub local = hub();
    LocalWorker broken = local.producer();
    int[] tooMany = {1 << 20};
    broken.channel.put(new Parcel(broken.number, new byte[4], tooMany, null));

    assertThat(local.pool.poll()).isNull();
    assertThat(broken.isGone()).isTrue();
  }
}

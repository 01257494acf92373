package dev.tandem.pools.internal.channel;

import dev.tandem.pools.internal.LincheckBase;
import dev.tandem.pools.internal.channel.RecordReader.BrokenLaneException;
import dev.tandem.testing.LincheckRun;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/// The pool writes elements into a lane and calls them back, a worker takes them: the results are
/// those of operations that happen one after the other. The records go round the end of the ring,
/// and are written over others that were read or called back.
public final class LaneLincheckTest extends LincheckBase {
  private static final Path NO_FILES = Path.of("target");
  private static final int RING = 128; // five records of 24 bytes
  private static final int BEFORE = 32; // bytes of two, behind which the next goes to the end

  private final DownLane pool;
  private final Lane lane;
  private final RecordReader worker;
  private int next = 1;

  public LaneLincheckTest() {
    lane = new Lane(MemorySegment.ofArray(new long[(4096 + RING) / Long.BYTES]));
    RecordWriter writer = new RecordWriter(lane, (_, _) -> new byte[0]);
    pool = new DownLane(null, lane, writer, false, () -> {});
    worker = new RecordReader(lane, (_, _, _) -> {}, NO_FILES);
    for (int i = 0; i < 2; i++) {
      var _ = pool.write(new Parcel(Parcel.POOL, new byte[BEFORE], Parcel.NO_DEFINITIONS, null));
      var _ = take();
    }
  }

  @Test
  void holdsInProgramsWrittenForBugs() {
    plan()
        .withInvocations(500)
        .modelChecks("take | put", "take take | put callBack put", "take | put callBack");
  }

  @Override
  protected int operations() {
    return 2; // of many steps each
  }

  @Override
  protected LincheckRun plan() { // their accesses to memory are unknown to Lincheck
    return super.plan()
        .withAtomic(ArrayDeque.class, LocalHub.class) // of one thread each
        .withSteps(Quota.class, "word", "change", "limit", "setLimit")
        .withSteps(Lane.class, "released", "release")
        .withSteps(RecordReader.class, "bytes")
        .withSteps(RecordWriter.class, "put");
  }

  /// {@return the number of the element; 0 if there is no room, which there is}
  @Operation(nonParallelGroup = "pool")
  public int put() {
    int number = next++;
    return pool.write(LocalHub.parcel(number)) ? number : 0;
  }

  /// {@return the numbers of the elements that were not claimed, as digits}
  @Operation(nonParallelGroup = "pool")
  public int callBack() {
    settle();
    List<Parcel> back = pool.callBack(0);
    settle(); // the worker may have claimed some before
    int numbers = 0;
    for (Parcel parcel : back) {
      numbers = 10 * numbers + LocalHub.number(parcel);
    }
    return numbers;
  }

  private void settle() {
    try {
      var _ = pool.settle();
    } catch (BrokenLaneException e) {
      throw new IllegalStateException(e);
    }
  }

  /// {@return the number of the next element; 0 if there is none}
  @Operation(nonParallelGroup = "worker")
  public int take() {
    try {
      return lane.quota.use() == Quota.USED ? LocalHub.number(worker.next()) : 0;
    } catch (BrokenLaneException e) {
      throw new IllegalStateException(e);
    }
  }
}

package dev.tandem.pools.internal.share;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/// [SharedSetAgainstSet] with plain accesses. FAILS, and is meant to: neither sees the other.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t SharedSetAgainstSetWeakened"`
@JCStressTest
@Outcome(
    id = {"1, 1", "0, 1", "1, 0"},
    expect = Expect.ACCEPTABLE)
@Outcome(expect = Expect.FORBIDDEN, desc = "Neither sees the other.")
@State
public class SharedSetAgainstSetWeakened {
  private final MemorySegment owners;
  private final MemorySegment workers;

  public SharedSetAgainstSetWeakened() {
    Longs[] array = StressMemory.array();
    owners = array[0].memory;
    workers = array[1].memory;
  }

  @Actor
  public void owner(JJ_Result r) {
    owners.set(ValueLayout.JAVA_LONG, 0, 1);
    r.r1 = owners.get(ValueLayout.JAVA_LONG, 8);
  }

  @Actor
  public void worker(JJ_Result r) {
    workers.set(ValueLayout.JAVA_LONG, 8, 1);
    r.r2 = workers.get(ValueLayout.JAVA_LONG, 0);
  }
}

package dev.tandem.pools.internal.share;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/// [SharedUseAgainstClose] with a worker that does not look at the closed word and leaves all to
/// its ticker. FAILS, and is meant to: memory is used that was closed.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t SharedUseAgainstCloseWeakened"`
@JCStressTest
@Outcome(
    id = {"true, true", "false, true", "false, false"},
    expect = Expect.ACCEPTABLE)
@Outcome(expect = Expect.FORBIDDEN, desc = "Used after the close, and it has worked.")
@State
public class SharedUseAgainstCloseWeakened {
  private final SharedFile[] file = StressMemory.file();
  private final OneLong number = StressMemory.number(file[1]);
  private volatile boolean returned;

  /// And then the worker's ticker: a machine with two processors has room for two actors.
  @Actor
  public void owner() {
    file[0].close();
    returned = true;
    if (file[1].isClosed()) {
      file[1].unmap();
    }
  }

  @Actor
  public void worker(ZZ_Result r) {
    r.r1 = returned;
    try {
      var _ = (long) SharedFile.LONG.getAndAdd(number.memory.asByteBuffer(), 0, 1L);
    } catch (IllegalStateException _) {
      r.r2 = true;
    }
  }
}

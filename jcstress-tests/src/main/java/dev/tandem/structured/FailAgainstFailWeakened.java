package dev.tandem.structured;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/// [FailAgainstFail] with failures that look whether they are the first, and then say so. FAILS,
/// and is meant to: both are the first, and one of them is lost.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t FailAgainstFailWeakened"`
@JCStressTest
@Outcome(
    id = {"true, false", "false, true"},
    expect = Expect.ACCEPTABLE,
    desc = "One is the first.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Both are.")
@State
public class FailAgainstFailWeakened {
  private volatile Object first;

  @Actor
  public void first(ZZ_Result r) {
    r.r1 = isFirst("one");
  }

  @Actor
  public void second(ZZ_Result r) {
    r.r2 = isFirst("two");
  }

  private boolean isFirst(Object failure) {
    if (first == null) {
      first = failure;
      return true;
    }
    return false;
  }
}

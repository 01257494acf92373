package dev.tandem.pools.internal.channel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// [UseAgainstTakeBack] with a flaw each. FAIL, and are meant to: the step is used and taken back.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t UseAgainstTakeBackWeakened"`
public class UseAgainstTakeBackWeakened {
  private UseAgainstTakeBackWeakened() {}

  /// The limit is lowered when the epoch has been raised.
  @JCStressTest
  @Outcome(
      id = {"1, 0", "0, 1"},
      expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN, desc = "The user has read the new epoch and the old limit.")
  @State
  public static class LimitAfterEpoch extends FlawedQuota {
    @Actor
    public void user(II_Result r) {
      r.r1 = use();
    }

    @Actor
    public void giver(II_Result r) {
      int old = limit;
      int used = (int) nextEpoch();
      limit = used;
      r.r2 = old - used;
    }
  }

  /// The epoch stays.
  @JCStressTest
  @Outcome(
      id = {"1, 0", "0, 1"},
      expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN, desc = "The user has not looked at the lowered limit.")
  @State
  public static class SameEpoch extends FlawedQuota {
    @Actor
    public void user(II_Result r) {
      r.r1 = use();
    }

    @Actor
    public void giver(II_Result r) {
      int old = limit;
      limit = (int) word.get();
      int used = (int) word.get();
      limit = used;
      r.r2 = old - used;
    }
  }

  /// The user writes its word instead of a compare-and-set.
  @JCStressTest
  @Outcome(
      id = {"1, 0", "0, 1"},
      expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN, desc = "The user has written over the new epoch.")
  @State
  public static class WriteOfUser extends FlawedQuota {
    @Override
    boolean change(long from, long to) {
      word.set(to);
      return true;
    }

    @Actor
    public void user(II_Result r) {
      r.r1 = use();
    }

    @Actor
    public void giver(II_Result r) {
      r.r2 = takeBack();
    }
  }
}

package dev.tandem.cluster.internal;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LZ_Result;

/// [BeginAgainstStop] with two flaws, each of its own. FAILS, and is meant to.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t BeginAgainstStopWeakened"`
public class BeginAgainstStopWeakened {
  private BeginAgainstStopWeakened() {}

  /// What has been entered, and what is not wanted.
  private abstract static class Bodies {
    final Map<Integer, Thread> running = new ConcurrentHashMap<>();
    final Map<Integer, Boolean> unwanted = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    /// {@return whether it may begin}
    abstract boolean begin();

    void body(LZ_Result r) {
      boolean begun = begin();
      while (!stopped) {
        Thread.onSpinWait();
      }
      boolean interrupted = Thread.interrupted();
      r.r1 = !begun ? "refused" : interrupted ? "UNWANTED" : "null";
      r.r2 = !begun && interrupted;
    }

    void control() {
      unwanted.put(1, true);
      Thread body = running.get(1);
      if (body != null) {
        body.interrupt();
      }
      stopped = true;
    }
  }

  /// A body looks, and then enters.
  @JCStressTest
  @Outcome(
      id = {"refused, false", "UNWANTED, false"},
      expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN, desc = "The request is lost.")
  @State
  public static class LookBeforeEnter extends Bodies {
    @Override
    boolean begin() {
      boolean wanted = !unwanted.containsKey(1);
      running.put(1, Thread.currentThread());
      return wanted;
    }

    @Actor
    public void runs(LZ_Result r) {
      body(r);
    }

    @Actor
    public void stops() {
      control();
    }
  }

  /// A body that is refused leaves, and does not say that it has ended.
  @JCStressTest
  @Outcome(
      id = {"refused, false", "UNWANTED, false"},
      expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN, desc = "What follows is interrupted.")
  @State
  public static class RefusedNotEnded extends Bodies {
    @Override
    boolean begin() {
      running.put(1, Thread.currentThread());
      if (unwanted.containsKey(1)) {
        running.remove(1);
        return false;
      }
      return true;
    }

    @Actor
    public void runs(LZ_Result r) {
      body(r);
    }

    @Actor
    public void stops() {
      control();
    }
  }
}

package dev.tandem.benchmarks;

import static dev.tandem.benchmarks.Goal.atMost;

import dev.tandem.benchmarks.JmhContest.Yield;
import dev.tandem.benchmarks.scopes.InheritedContext;
import dev.tandem.benchmarks.scopes.ManyForksPlatform;
import dev.tandem.benchmarks.scopes.ManyForksVirtual;
import dev.tandem.benchmarks.scopes.MapParked;
import dev.tandem.benchmarks.scopes.NewThread;
import dev.tandem.benchmarks.scopes.TwoForksPlatform;
import dev.tandem.benchmarks.scopes.TwoForksVirtual;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.RunResult;

/// Structured scopes. The one place where their goals stand.
final class ScopesGroup {
  private static final String JDK = "StructuredTaskScope (preview)";
  private static final String JOX = "Jox supervised";
  private static final String INVOKE_ALL = "invokeAll, virtual threads";
  private static final String GATHERER = "Gatherers.mapConcurrent(1000)";

  private static final String TWO_VIRTUAL = "two forks, virtual owner: µs";
  private static final String TWO_PLATFORM = "two forks, platform owner: µs";
  private static final String MANY_VIRTUAL = "1,000 forks, virtual owner: µs";
  private static final String MANY_PLATFORM = "1,000 forks, platform owner: µs";
  private static final double MANY = 1_000;

  private ScopesGroup() {}

  static Group create() {
    return new Group(
        "scopes",
        List.of(
            jdk(TwoForksVirtual.class, time(TWO_VIRTUAL, JDK, atMost(1.05))),
            jox(TwoForksVirtual.class, TWO_VIRTUAL),
            invokeAll(TwoForksVirtual.class, TWO_VIRTUAL),
            jdk(TwoForksPlatform.class, time(TWO_PLATFORM, JDK, atMost(0.5))),
            jox(TwoForksPlatform.class, TWO_PLATFORM),
            invokeAll(TwoForksPlatform.class, TWO_PLATFORM),
            jdk(
                ManyForksVirtual.class,
                time(MANY_VIRTUAL, JDK, atMost(1)),
                bytes("1,000 forks: bytes per fork", atMost(1.1))),
            jox(ManyForksVirtual.class, MANY_VIRTUAL),
            invokeAll(ManyForksVirtual.class, MANY_VIRTUAL),
            jdk(ManyForksPlatform.class, time(MANY_PLATFORM, JDK, atMost(1))),
            jox(ManyForksPlatform.class, MANY_PLATFORM),
            invokeAll(ManyForksPlatform.class, MANY_PLATFORM),
            JmhContest.of(
                ManyForksVirtual.class,
                "oursNamed",
                "jdk",
                time("1,000 forks of a scope with a name, virtual owner: µs", JDK, null),
                bytes("1,000 forks of a scope with a name: bytes per fork", atMost(1.4))),
            JmhContest.of(
                InheritedContext.class,
                "inherited",
                "without",
                time("two forks, a context inherited: µs", "without a context", atMost(1.1))),
            JmhContest.of(
                MapParked.class,
                "ours",
                "gatherer",
                time("map of 100,000 items parked 50 µs: ms", GATHERER, atMost(1))),
            JmhContest.of(
                MapParked.class,
                "oursFailing",
                "gathererFailing",
                time("the second item fails, the first takes 500 ms: ms", GATHERER, atMost(0.05))),
            JmhContest.of(
                NewThread.class,
                "plain",
                "inheriting",
                time("new virtual thread that inherits nothing: ns", "one that inherits", null))));
  }

  private static Contest jdk(Class<?> type, Yield... yields) {
    return JmhContest.of(type, "ours", "jdk", yields);
  }

  private static Contest jox(Class<?> type, String name) {
    return JmhContest.of(type, "ours", "jox", time(name, JOX, null));
  }

  private static Contest invokeAll(Class<?> type, String name) {
    return JmhContest.of(type, "ours", "invokeAll", time(name, INVOKE_ALL, null));
  }

  private static Yield time(String name, String peer, @Nullable Goal goal) {
    return new Yield(new Measure(name, peer, goal), JmhContest::score);
  }

  private static Yield bytes(String name, Goal goal) {
    return new Yield(new Measure(name, JDK, goal), ScopesGroup::bytesPerFork);
  }

  private static double bytesPerFork(RunResult result) {
    return JmhContest.bytes(result) / MANY;
  }
}

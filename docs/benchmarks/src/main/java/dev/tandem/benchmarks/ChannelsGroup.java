package dev.tandem.benchmarks;

import static dev.tandem.benchmarks.Goal.atLeast;
import static dev.tandem.benchmarks.Goal.atMost;

import dev.tandem.benchmarks.JmhContest.Yield;
import dev.tandem.benchmarks.channels.Batches;
import dev.tandem.benchmarks.channels.ChannelSizes;
import dev.tandem.benchmarks.channels.IdleWaiters;
import dev.tandem.benchmarks.channels.Mpmc;
import dev.tandem.benchmarks.channels.MpmcOfThousand;
import dev.tandem.benchmarks.channels.MpmcTwoByTwo;
import dev.tandem.benchmarks.channels.MpmcVirtual;
import dev.tandem.benchmarks.channels.Mpsc;
import dev.tandem.benchmarks.channels.OtherShapes;
import dev.tandem.benchmarks.channels.RoundTrips;
import dev.tandem.benchmarks.channels.Spsc;
import dev.tandem.benchmarks.channels.Uncontended;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The channels. The one place where their goals stand.
final class ChannelsGroup {
  private static final String ABQ = "ArrayBlockingQueue";
  private static final String LTQ = "LinkedTransferQueue";
  private static final String SQ = "SynchronousQueue";
  private static final String DEQUE = "LinkedBlockingDeque";
  private static final String PRIORITY = "PriorityBlockingQueue";
  private static final String JCTOOLS = "JCTools, spin then yield";
  private static final String AGRONA = "Agrona, spin then yield";
  private static final String JOX = "Jox";
  private static final String DISRUPTOR = "Disruptor, blocking";
  private static final String LIMIT = "the limit";

  private static final String MPMC = "MPMC 1+1: items/s";
  private static final String MPMC_2 = "MPMC 2+2: items/s";
  private static final String MPSC = "MPSC 1+1: items/s";
  private static final String SPSC = "SPSC 1+1: items/s";
  private static final String SPSC_PRODUCER = "SPSC 1+1, closed by the producer: items/s";
  private static final String VIRTUAL = "MPMC 1+1, virtual threads: items/s";
  private static final String TRIP = "round trip: ns";
  private static final String TRIP_VIRTUAL = "round trip, virtual threads: ns";

  /// What JMH calls nothing: a stray object of its own, divided by the operations of an iteration.
  private static final double NO_BYTES = 0.01;

  private ChannelsGroup() {}

  static Group create() {
    return new Group(
        "channels",
        List.of(
            jmh(Mpmc.class, "ours", "jctools", MPMC, JCTOOLS, atLeast(1.5)),
            jmh(Mpmc.class, "ours", "blockingQueue", MPMC, ABQ, atLeast(3)),
            jmh(Mpmc.class, "ours", "transferQueue", MPMC, LTQ, null),
            jmh(Mpmc.class, "ours", "jox", MPMC, JOX, null),
            jmh(Mpmc.class, "ours", "disruptor", MPMC, DISRUPTOR, null),
            jmh(Mpmc.class, "ours", "agrona", MPMC, AGRONA, null),
            jmh(MpmcTwoByTwo.class, "ours", "jctools", MPMC_2, JCTOOLS, atLeast(2)),
            jmh(MpmcTwoByTwo.class, "ours", "blockingQueue", MPMC_2, ABQ, atLeast(3)),
            jmh(
                MpmcOfThousand.class,
                "ours",
                "blockingQueue",
                "MPMC 1+1, capacity 1,000: items/s",
                ABQ,
                atLeast(1)),
            jmh(Mpsc.class, "ours", "jctools", MPSC, JCTOOLS, atLeast(1)),
            jmh(Mpsc.class, "ours", "blockingQueue", MPSC, ABQ, atLeast(2.5)),
            jmh(Spsc.class, "ours", "jctools", SPSC, JCTOOLS, atLeast(0.2)),
            jmh(Spsc.class, "ours", "blockingQueue", SPSC, ABQ, atLeast(3)),
            jmh(
                Spsc.class,
                "oursClosedByProducer",
                "jctools",
                SPSC_PRODUCER,
                JCTOOLS,
                atLeast(0.6)),
            jmh(
                Spsc.class,
                "oursClosedByProducer",
                "blockingQueue",
                SPSC_PRODUCER,
                ABQ,
                atLeast(8)),
            jmh(MpmcVirtual.class, "ours", "blockingQueue", VIRTUAL, ABQ, atLeast(5)),
            jmh(MpmcVirtual.class, "ours", "transferQueue", VIRTUAL, LTQ, atLeast(2.5)),
            jmh(MpmcVirtual.class, "ours", "jox", VIRTUAL, JOX, null),
            jmh(RoundTrips.class, "ours", "spin", TRIP, "two variables", atMost(4)),
            jmh(RoundTrips.class, "ours", "blockingQueue", TRIP, ABQ, atMost(0.10)),
            jmh(
                RoundTrips.class,
                "oursVirtual",
                "transferQueueVirtual",
                TRIP_VIRTUAL,
                LTQ,
                atMost(1.5)),
            jmh(
                RoundTrips.class,
                "oursVirtual",
                "blockingQueueVirtual",
                TRIP_VIRTUAL,
                ABQ,
                atMost(0.45)),
            // a stretch goal of 1.5 here, too
            jmh(RoundTrips.class, "oursVirtual", "synchronousQueueVirtual", TRIP_VIRTUAL, SQ, null),
            jmh(
                Batches.class,
                "batches",
                "singles",
                "MPMC 1+1, putAll and drain of 64: items/s",
                "one by one",
                atLeast(2)),
            jmh(
                OtherShapes.class,
                "unbounded",
                "transferQueue",
                "unbounded 1+1: items/s",
                LTQ,
                null),
            jmh(
                OtherShapes.class,
                "rendezvous",
                "synchronousQueue",
                "rendezvous 1+1: items/s",
                SQ,
                null),
            jmh(
                OtherShapes.class,
                "rendezvousVirtual",
                "synchronousQueueVirtual",
                "rendezvous 1+1, virtual threads: items/s",
                SQ,
                null),
            jmh(OtherShapes.class, "lifo", "blockingDeque", "LIFO 1+1: items/s", DEQUE, null),
            jmh(
                OtherShapes.class,
                "priority",
                "priorityQueue",
                "priority 1+1: items/s",
                PRIORITY,
                null),
            jmh(
                Uncontended.class,
                "ours",
                "blockingQueue",
                "put and take by one thread: ns",
                ABQ,
                null),
            new FixedContest(
                JmhContest.of(
                    Uncontended.class,
                    "ours",
                    "ours",
                    new Yield(
                        new Measure(
                            "put and take by one thread: bytes", "none, or 0.01", atMost(1)),
                        JmhContest::bytes)),
                List.of(NO_BYTES)),
            new FixedContest(
                new ProgramContest(
                    ChannelSizes.class,
                    // compacts all of the heap; else a twentieth may be garbage that counts as used
                    List.of("-XX:+UseSerialGC", "-XX:MarkSweepDeadRatio=0", "-Xmx512m"),
                    List.of(
                        size("empty channel without its 1,024 slots: bytes"),
                        size("the same, single ends: bytes"),
                        size("the same, closed by the producer: bytes"))),
                List.of(1024.0, 1024.0, 1024.0)),
            new FixedContest(
                new ProgramContest(
                    IdleWaiters.class,
                    List.of(),
                    List.of(
                        idle("busiest idle waiter, platform threads: % of a core"),
                        idle("idle waiter on average, virtual threads: % of a core"))),
                List.of(1.0, 1.0))));
  }

  private static Contest jmh(
      Class<?> type, String ours, String peer, String name, String peerName, @Nullable Goal goal) {
    return JmhContest.of(
        type, ours, peer, new Yield(new Measure(name, peerName, goal), JmhContest::score));
  }

  private static Measure size(String name) {
    return new Measure(name, LIMIT, atMost(1));
  }

  private static Measure idle(String name) {
    return new Measure(name, LIMIT, atMost(1));
  }
}

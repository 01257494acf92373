package dev.tandem.benchmarks.channels;

import static dev.tandem.queues.Select.select;

import com.sun.management.OperatingSystemMXBean;
import dev.tandem.queues.Channel;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;

/// Prints how much of a core a thread takes that waits in a channel, in percent: the busiest of the
/// platform threads, and a virtual thread on average (with everything else that the JVM does).
public final class IdleWaiters {
  private static final Duration SETTLING = Duration.ofMillis(500);
  private static final Duration WATCHED = Duration.ofSeconds(2);

  private interface Wait {
    void forEver() throws InterruptedException;
  }

  private IdleWaiters() {}

  public static void main(String[] args) throws InterruptedException {
    // first, because its clock is the whole process's
    double virtual = averageVirtualThread();
    System.out.printf(Locale.ROOT, "%.4f %.4f%n", busiestPlatformThread(), virtual);
  }

  private static double busiestPlatformThread() throws InterruptedException {
    List<Thread> threads = start(Crew.PLATFORM);
    var clock = ManagementFactory.getThreadMXBean();
    List<LongSupplier> clocks =
        threads.stream()
            .<LongSupplier>map(thread -> () -> clock.getThreadCpuTime(thread.threadId()))
            .toList();
    return LongStream.of(watch(clocks)).max().orElseThrow() * 100.0 / WATCHED.toNanos();
  }

  private static double averageVirtualThread() throws InterruptedException {
    int waiters = start(Crew.VIRTUAL).size();
    var process =
        (OperatingSystemMXBean) ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return watch(List.of(process::getProcessCpuTime))[0] * 100.0 / WATCHED.toNanos() / waiters;
  }

  /// {@return what each clock went on by while all waited}
  private static long[] watch(List<LongSupplier> clocks) throws InterruptedException {
    Thread.sleep(SETTLING);
    long[] before = clocks.stream().mapToLong(LongSupplier::getAsLong).toArray();
    Thread.sleep(WATCHED);
    long[] after = clocks.stream().mapToLong(LongSupplier::getAsLong).toArray();
    for (int i = 0; i < after.length; i++) {
      after[i] -= before[i];
    }
    return after;
  }

  /// Starts three waiters on each shape: in a take, in a put and in a select.
  private static List<Thread> start(ThreadFactory threads) throws InterruptedException {
    List<Wait> waits = new ArrayList<>();
    for (int i = 0; i < shapes().size(); i++) {
      var empty = shapes().get(i);
      waits.add(empty::take);
      var full = shapes().get(i);
      if (full.capacity() < Integer.MAX_VALUE) {
        while (full.offer(0)) {
          // until it is full
        }
        waits.add(() -> full.put(0));
      }
      var first = shapes().get(i);
      var second = shapes().get(i);
      waits.add(() -> select(first.onTake(e -> e), second.onTake(e -> e)));
    }
    return waits.stream().map(wait -> start(threads, wait)).toList();
  }

  private static List<Channel<Integer>> shapes() {
    return List.of(
        Channel.bounded(Pipes.CAPACITY),
        Channel.bounded(1),
        Channel.bounded(Pipes.CAPACITY, cf -> cf.withSingleProducer().withSingleConsumer()),
        Channel.bounded(Pipes.CAPACITY, cf -> cf.withCloseByProducer()),
        Channel.unbounded(),
        Channel.rendezvous(),
        Channel.lifo(Pipes.CAPACITY),
        Channel.priority(Pipes.CAPACITY, Integer::compare));
  }

  private static Thread start(ThreadFactory threads, Wait wait) {
    Thread thread =
        threads.newThread(() -> {
          try {
            wait.forEver();
            throw new IllegalStateException("nothing should ever end this wait");
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    thread.start();
    return thread;
  }
}

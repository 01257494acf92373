package dev.tandem;

import dev.tandem.core.TaskExecutor;
import dev.tandem.pools.ThreadConfig;
import dev.tandem.pools.internal.executor.CommonOptions;
import dev.tandem.pools.internal.process.ProcessOptions;
import dev.tandem.pools.internal.thread.ThreadOptions;
import java.time.Duration;
import java.util.function.UnaryOperator;

/// The contract over worker processes.
class ProcessPoolTest extends TaskExecutorContract {
  @Override
  TaskExecutor newExecutor(UnaryOperator<ThreadConfig> cf) {
    return open(2, cf);
  }

  @Override
  TaskExecutor newSingleExecutor(UnaryOperator<ThreadConfig> cf) {
    return open(1, cf);
  }

  private static TaskExecutor open(int workers, UnaryOperator<ThreadConfig> cf) {
    return Tandem.newProcessPool(
        workers,
        base ->
            base.withMaxHeap(64L << 20)
                        .withJvmArguments("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
                    instanceof ProcessOptions small
                ? small.with(changed(small.common(), cf))
                : null);
  }

  /// {@return what a change of the configuration of threads does to that which processes have, too}
  private static CommonOptions changed(CommonOptions common, UnaryOperator<ThreadConfig> cf) {
    ThreadConfig changed = cf.apply(new ThreadOptions(common, 0, null, false));
    return ((ThreadOptions) changed).common();
  }

  /// A map that is stopped lets bodies run on for the grace period, and then kills their workers.
  @Override
  public TaskExecutor createPatient() {
    return create(cf -> cf.withGrace(Duration.ofMillis(200)));
  }

  /// The first body of a worker loads classes.
  @Override
  public Duration timeout() {
    return Duration.ofSeconds(2);
  }

  @Override
  public Duration brief() {
    return Duration.ofSeconds(3);
  }

  @Override
  public String lacks(Need need) {
    return switch (need) {
      case SAME_JVM -> "a body that was sent has copies, and is killed instead of interrupted";
      case THREAD_FACTORY -> "the threads are those of worker processes";
      case BACKGROUND, QUEUE -> "";
    };
  }
}

package dev.tandem.benchmarks.cluster;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.IExecutorService;
import dev.tandem.cluster.internal.NodeOptions;
import java.io.Serializable;
import java.util.concurrent.Callable;

/// Tasks as Hazelcast's own executor takes them.
final class Bare {
  private Bare() {}

  /// {@return the executor whose threads cluster executors use, too}
  static IExecutorService executor(HazelcastInstance hazelcast) {
    return hazelcast.getExecutorService(NodeOptions.EXECUTOR);
  }

  /// What does nothing.
  record Nothing() implements Callable<Integer>, Serializable {
    @Override
    public Integer call() {
      return 0;
    }
  }

  /// The function of [Maps], for one element.
  record PlusOne(long element) implements Callable<Long>, Serializable {
    @Override
    public Long call() {
      return element + 1;
    }
  }

  /// What waits to be killed.
  record Sleep(long millis) implements Callable<Integer>, Serializable {
    @Override
    public Integer call() throws InterruptedException {
      Thread.sleep(millis);
      return 0;
    }
  }
}

package dev.tandem.cluster;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import dev.tandem.core.SerializableCallable;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Bodies that use the cluster on whose members they run.
final class Nested {
  private Nested() {}

  private static ClusterExecutor here() {
    HazelcastInstance member = Hazelcast.getAllHazelcastInstances().iterator().next();
    return ClusterExecutor.on(member);
  }

  static String waitsForATask(SerializableCallable<Integer> body) {
    return refusal(cluster -> cluster.submit(body).get(20, TimeUnit.SECONDS));
  }

  static String waitsForAll(SerializableCallable<Integer> body) {
    return refusal(cluster -> cluster.invokeAll(List.of(body, body)));
  }

  static String waitsForAny(SerializableCallable<Integer> body) {
    return refusal(cluster -> cluster.invokeAny(List.of(body, body)));
  }

  static String waitsForAMap(SerializableCallable<Integer> body) {
    return refusal(cluster -> {
      try (Stream<Integer> results = cluster.map(List.of(1, 2), _ -> body.call())) {
        results.toList();
      }
    });
  }

  /// Submits a body and closes the executor.
  static int closes(SerializableCallable<Integer> body) {
    ClusterExecutor cluster = here();
    var _ = cluster.submit(body);
    cluster.close();
    return 0;
  }

  static Object waitsElsewhere() throws Exception {
    HazelcastInstance member = Hazelcast.getAllHazelcastInstances().iterator().next();
    ClusterExecutor other = ClusterExecutor.on(member, cf -> cf.withHazelcastExecutor("other"));
    String result = other.submit(() -> "done").get(20, TimeUnit.SECONDS);
    other.shutdown();
    return result;
  }

  /// Submits a body and does not wait for it.
  static int goesOn(SerializableCallable<Integer> body) {
    ClusterExecutor cluster = here();
    var _ = cluster.submit(body);
    cluster.shutdown();
    return 0;
  }

  /// What waits.
  private interface Use {
    void of(ClusterExecutor cluster) throws Exception;
  }

  private static String refusal(Use use) {
    ClusterExecutor cluster = here();
    try {
      use.of(cluster);
      return "not refused";
    } catch (Exception e) {
      return e.toString();
    } finally {
      cluster.shutdown();
    }
  }
}

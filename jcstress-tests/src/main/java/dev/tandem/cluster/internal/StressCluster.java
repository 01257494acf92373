package dev.tandem.cluster.internal;

import com.hazelcast.cluster.Address;
import com.hazelcast.cluster.Cluster;
import com.hazelcast.cluster.InitialMembershipEvent;
import com.hazelcast.cluster.InitialMembershipListener;
import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.IExecutorService;
import com.hazelcast.core.LifecycleService;
import java.lang.reflect.Proxy;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/// A cluster without Hazelcast: pings are answered, tasks by the test.
final class StressCluster {
  private static final int MANY = 1 << 16;
  private static final Set<Member> MEMBERS = Set.of(member(7));

  static final HazelcastInstance HAZELCAST = hazelcast();

  private StressCluster() {}

  /// {@return the answer to come of an errand that another thread may be sending}
  static CompletableFuture<byte[]> sent(Errand errand) {
    while (true) {
      Attempt attempt = errand.last();
      if (attempt != null) {
        try {
          return attempt.answer();
        } catch (NullPointerException _) {
          // in a moment
        }
      }
      Thread.yield();
    }
  }

  private interface Answers {
    Object to(String method, Object[] arguments);
  }

  private static <T> T fake(Class<T> type, Answers answers) {
    Object fake =
        Proxy.newProxyInstance(
            StressCluster.class.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> answers.to(method.getName(), arguments));
    return type.cast(fake);
  }

  private static HazelcastInstance hazelcast() {
    var executors =
        fake(
            IExecutorService.class,
            (_, arguments) ->
                arguments[0] instanceof RemoteCall
                    ? new CompletableFuture<byte[]>()
                    : CompletableFuture.completedFuture(null));
    var lifecycle = fake(LifecycleService.class, (_, _) -> new UUID(1, 1));
    var cluster = fake(Cluster.class, StressCluster::cluster);
    return fake(
        HazelcastInstance.class,
        (method, _) ->
            switch (method) {
              case "getExecutorService" -> executors;
              case "getLifecycleService" -> lifecycle;
              case "getCluster" -> cluster;
              default -> null;
            });
  }

  private static Object cluster(String method, Object[] arguments) {
    if (method.equals("getMembers")) {
      return MEMBERS;
    }
    if (method.equals("addMembershipListener")) {
      Cluster cluster = fake(Cluster.class, (_, _) -> MEMBERS);
      ((InitialMembershipListener) arguments[0]).init(new InitialMembershipEvent(cluster, MEMBERS));
    }
    return new UUID(2, 2);
  }

  /// {@return a member with very many slots}
  static Member member(long number) {
    UUID id = new UUID(0, number);
    try {
      Address address = new Address("127.0.0.1", (int) number);
      return fake(
          Member.class,
          (method, _) ->
              switch (method) {
                case "getUuid" -> id;
                case "getAddress" -> address;
                case "localMember" -> false;
                case "getAttribute" -> String.valueOf(MANY);
                case "hashCode" -> (int) number;
                case "equals" -> true; // in a set of one
                default -> method;
              });
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}

package dev.tandem;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import dev.tandem.cluster.ClusterExecutor;
import dev.tandem.cluster.ClusterNode;
import dev.tandem.cluster.internal.ClusterOptions;
import dev.tandem.cluster.internal.SafeConfig;
import dev.tandem.core.TaskExecutor;
import dev.tandem.pools.ThreadConfig;
import dev.tandem.pools.internal.executor.CommonOptions;
import dev.tandem.pools.internal.thread.ThreadOptions;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/// The contract over a cluster: of one member with two slots, and of one with a single slot.
class ClusterExecutorTest extends TaskExecutorContract {
  private static HazelcastInstance wide;
  private static HazelcastInstance narrow;

  @BeforeAll
  static void startMembers() {
    wide = member(2);
    narrow = member(1);
  }

  private static HazelcastInstance member(int slots) {
    Config config = ClusterNode.config();
    config.setClusterName("contract-" + UUID.randomUUID());
    config.getNetworkConfig().setPort(0);
    SafeConfig.announce(config, slots);
    return Hazelcast.newHazelcastInstance(config);
  }

  @AfterAll
  static void stopMembers() {
    Hazelcast.shutdownAll();
  }

  @Override
  TaskExecutor newExecutor(UnaryOperator<ThreadConfig> cf) {
    return open(wide, cf);
  }

  @Override
  TaskExecutor newSingleExecutor(UnaryOperator<ThreadConfig> cf) {
    return open(narrow, cf);
  }

  private static TaskExecutor open(HazelcastInstance hazelcast, UnaryOperator<ThreadConfig> cf) {
    return ClusterExecutor.on(
        hazelcast,
        base -> base instanceof ClusterOptions options ? options.with(changed(options, cf)) : null);
  }

  /// {@return what a change of the configuration of threads does to that which clusters have, too}
  private static CommonOptions changed(ClusterOptions options, UnaryOperator<ThreadConfig> cf) {
    ThreadConfig changed = cf.apply(new ThreadOptions(options.common(), 0, null, false));
    return ((ThreadOptions) changed).common();
  }

  @Override
  public String lacks(Need need) {
    return switch (need) {
      case SAME_JVM -> "a body that was sent has copies, and its end cannot be seen";
      case THREAD_FACTORY -> "the threads are those of members";
      case BACKGROUND, QUEUE -> "";
    };
  }
}

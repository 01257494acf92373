package app;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import dev.tandem.cluster.ClusterNode;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("cluster")
class ClusterProgramTest {
  @Test
  void theSameLineRunsOnAMember() {
    Config config = ClusterNode.config();
    config.setClusterName(UUID.randomUUID().toString()); // meets no other on this machine
    config.getNetworkConfig().setPort(0).setPortAutoIncrement(true);
    HazelcastInstance member = Hazelcast.newHazelcastInstance(config);
    try {
      long expected = LongStream.range(0, 10_000).map(Web::sumOfSquares).sum();
      assertThat(P12Cluster.run(member)).isEqualTo(expected);
    } finally {
      member.getLifecycleService().terminate();
    }
  }
}

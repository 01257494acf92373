package dev.tandem.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// SIGTERM of an application that is a member itself.
class EmbeddedExitTest {
  private static final int TASKS = 1_000;

  /// An application that ends its work, and then closes its executor, in a shutdown hook of its
  /// own, as Spring does.
  static final class App {
    public static void main(String[] args) throws Exception {
      ClusterExecutor cluster =
          ClusterExecutor.embedded(
              hazelcast -> {
                hazelcast.setClusterName(args[0]).getNetworkConfig().setPort(0);
                hazelcast.getNetworkConfig().getJoin().getTcpIpConfig().setMembers(List.of());
                return hazelcast;
              },
              cf -> cf);
      cluster.submit(() -> 0).get();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(cluster)));
      System.out.println("ready " + cluster.members().getFirst().address());
      System.in.read(); // until the test ends
      Runtime.getRuntime().halt(1);
    }

    private static void end(ClusterExecutor cluster) {
      int done = 0;
      try (cluster) {
        while (done < TASKS) {
          cluster.submit(() -> 0).get();
          done++;
        }
      } catch (Exception e) {
        System.out.println(e);
      }
      System.out.println("done " + done + ", terminated " + cluster.isTerminated());
    }
  }

  @Test
  void itsMemberStaysUntilTheApplicationClosesTheExecutor() throws Exception {
    String cluster = "test-" + UUID.randomUUID();
    try (MemberJvm app = MemberJvm.Start.PLAIN.main(App.class).run(List.of(cluster))) {
      app.address();
      app.signal("TERM");
      assertThat(app.exitCode()).as("exit code, having said %s", app.lines()).isEqualTo(143);
      assertThat(app.lines()).contains("done " + TASKS + ", terminated true");
    }
  }
}

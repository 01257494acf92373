package dev.tandem.examples.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.net.HostAndPort;
import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.core.HazelcastInstance;
import dev.tandem.cluster.ClusterNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Worker nodes of a cluster, each a JVM of its own on a port of its own, as two command lines
/// would start them, and a client of theirs.
public final class Nodes implements AutoCloseable {
  private static final String READY = "ready ";
  private static final List<String> JVM =
      List.of(
          "--sun-misc-unsafe-memory-access=allow",
          "--add-modules=java.se",
          "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
          "--add-opens=java.management/sun.management=ALL-UNNAMED",
          "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED",
          "-XX:+UseSerialGC", // it lives for seconds: start fast, stay small
          "-Xmx256m",
          "-Dlogback.configurationFile=logback-node.xml",
          "-Dhazelcast.logging.type=slf4j", // from the first line on
          "-Dhazelcast.wait.seconds.before.join=0"); // no other member is about to come

  private final String cluster = "nodes-" + UUID.randomUUID();
  private final List<Process> jvms = new ArrayList<>();
  private final List<HostAndPort> addresses = new ArrayList<>();
  private @Nullable HazelcastInstance client;

  private Nodes() {}

  /// {@return nodes that are ready and know each other}
  ///
  /// @param count how many
  /// @throws IOException if one cannot be started
  public static Nodes start(int count) throws IOException {
    Nodes nodes = new Nodes();
    try {
      for (int i = 0; i < count; i++) {
        nodes.add();
      }
      return nodes;
    } catch (Throwable e) {
      nodes.close();
      throw e;
    }
  }

  private void add() throws IOException {
    Path log = Path.of("target", "showcase", "node-" + (jvms.size() + 1) + ".log");
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(JVM);
    command.addAll(
        List.of(
            "-Dnode.log=" + log,
            "-classpath",
            System.getProperty("java.class.path"),
            ClusterNode.class.getName(),
            "--cluster",
            cluster,
            "--port",
            "0"));
    if (!addresses.isEmpty()) {
      command.addAll(List.of("--join", addresses.getFirst().toString()));
    }
    Process jvm =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    jvms.add(jvm);
    String line = jvm.inputReader(UTF_8).readLine();
    if (line == null || !line.startsWith(READY)) {
      throw new IOException("a node says \"%s\" (expected: ready); see %s".formatted(line, log));
    }
    addresses.add(HostAndPort.fromString(line.substring(READY.length())));
  }

  /// {@return a client of the cluster, which is closed with it}
  public HazelcastInstance client() {
    HazelcastInstance connected = client;
    if (connected == null) {
      ClientConfig config = new ClientConfig().setClusterName(cluster);
      config.setProperty("hazelcast.logging.type", "slf4j");
      addresses.forEach(node -> config.getNetworkConfig().addAddress(node.toString()));
      connected = HazelcastClient.newHazelcastClient(config);
      client = connected;
    }
    return connected;
  }

  /// Kills a node, as a machine that loses its power would: it says nothing and finishes nothing.
  ///
  /// @param node its number, from 0
  public void kill(int node) {
    jvms.get(node).destroyForcibly();
  }

  @Override
  public void close() {
    HazelcastInstance connected = client;
    if (connected != null) {
      connected.shutdown();
    }
    jvms.forEach(Process::destroyForcibly); // nothing runs there any more
  }
}

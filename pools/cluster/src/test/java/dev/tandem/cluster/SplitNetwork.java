package dev.tandem.cluster;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A network of its own inside of this machine, which a test splits: each host is a network
/// namespace of Linux with one link to a bridge in another, and moves to a second bridge, or to
/// none. Packets vanish then, and no socket is told, as where a switch between switches fails.
final class SplitNetwork implements AutoCloseable {
  private static final String PREFIX = "tandem-";
  private static final String SWITCHES = "switches";
  private static final String MAINLAND = "mainland";
  private static final String ISLAND = "island";

  private final String name = PREFIX + ProcessHandle.current().pid() + "-";
  private final List<String> hosts;

  private SplitNetwork(String... hosts) {
    this.hosts = List.of(hosts);
  }

  /// {@return a network with these hosts} Skips the test where there can be none.
  static SplitNetwork of(String... hosts) {
    SplitNetwork network = new SplitNetwork(hosts);
    try {
      removeLeftOvers();
      network.build();
      return network;
    } catch (IOException e) {
      network.close();
      return abort("needs network namespaces of Linux, and root: " + e.getMessage());
    } catch (Throwable e) {
      network.close();
      throw e;
    }
  }

  private void build() throws IOException {
    ip("netns", "add", name + SWITCHES);
    for (String bridge : List.of(MAINLAND, ISLAND)) {
      atSwitches("link", "add", bridge, "type", "bridge");
      atSwitches("link", "set", bridge, "up");
    }
    for (String host : hosts) {
      String space = name + host;
      ip("netns", "add", space);
      atSwitches("link", "add", host, "type", "veth", "peer", "name", "eth0", "netns", space);
      atSwitches("link", "set", host, "master", MAINLAND, "up");
      ip("-n", space, "address", "add", address(host) + "/24", "dev", "eth0");
      ip("-n", space, "link", "set", "lo", "up");
      ip("-n", space, "link", "set", "eth0", "up");
    }
  }

  /// {@return how a JVM is started on a host}
  MemberJvm.Start on(String host) {
    return MemberJvm.Start.PLAIN.after("ip", "netns", "exec", name + host);
  }

  /// {@return the address of a host, of those that are for documentation}
  String address(String host) {
    return "192.0.2." + (1 + hosts.indexOf(host));
  }

  /// Leaves a host without any other.
  void cutOff(String host) throws IOException {
    atSwitches("link", "set", host, "nomaster");
  }

  /// Puts a host where it reaches the others that were put there, and no other.
  void putApart(String host) throws IOException {
    atSwitches("link", "set", host, "master", ISLAND);
  }

  /// Makes the network whole again.
  void heal() throws IOException {
    for (String host : hosts) {
      atSwitches("link", "set", host, "master", MAINLAND);
    }
  }

  private void atSwitches(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("-n", name + SWITCHES));
    all.addAll(List.of(arguments));
    ip(all.toArray(String[]::new));
  }

  /// {@return what the command prints}
  ///
  /// @throws IOException if there is no such command, or it fails
  private static String ip(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(arguments));
    Process ip = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(ip.getInputStream().readAllBytes());
    if (ip.onExit().join().exitValue() != 0) {
      throw new IOException(String.join(" ", command) + ": " + text.strip());
    }
    return text;
  }

  /// Removes the networks of test JVMs that were killed.
  private static void removeLeftOvers() throws IOException {
    for (String line : ip("netns", "list").split("\n")) {
      String space = line.split(" ")[0];
      if (space.matches(PREFIX + "\\d+-\\w+")
          && ProcessHandle.of(Long.parseLong(space.split("-")[1])).isEmpty()) {
        ip("netns", "delete", space);
      }
    }
  }

  /// Removes it; the JVMs on its hosts have ended.
  @Override
  public void close() {
    List<String> spaces = new ArrayList<>(hosts);
    spaces.add(SWITCHES);
    for (String space : spaces) {
      try {
        ip("netns", "delete", name + space);
      } catch (IOException _) {
        // it was not made
      }
    }
  }
}

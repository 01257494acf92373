package dev.tandem.pools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.Tandem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Row 28: the parent was started with an agent, a debugger, or flags from the environment.
class EnvironmentTest {
  @RegisterExtension final ProcessPoolProbe probe = new ProcessPoolProbe();
  @TempDir Path directory;

  @Test
  void flagsFromTheEnvironmentAreNotInherited() throws Exception {
    Map<String, String> environment =
        Map.of(
            "JAVA_TOOL_OPTIONS", "-Dprobe.tool=1",
            "JDK_JAVA_OPTIONS", "-Dprobe.jdk=1",
            "_JAVA_OPTIONS", "-Dprobe.old=1",
            "CLASSPATH", directory.toString(),
            "PROBE_OWN", "1");
    ChildJvm.Start start =
        new ChildJvm.Start(List.of(), environment, List.of("-Dprobe.line=1")).in(probe);
    List<String> parentOnly = List.of("probe.tool", "probe.jdk", "probe.old", "probe.line");

    assertSees(start, "", parentOnly, List.of("env.PROBE_OWN"));
    assertSees(start, "-Dprobe.tool=1", List.of("probe.jdk"), List.of("probe.tool"));
  }

  @Test
  void agentIsNotInheritedUnlessAsked() throws Exception {
    String agent = "-javaagent:" + agentJar();
    ChildJvm.Start start = ChildJvm.Start.with(agent).in(probe);

    assertSees(start, "", List.of("probe.agent"), List.of());
    assertSees(start, agent, List.of(), List.of("probe.agent"));
  }

  @Test
  void debuggerIsNotInherited() throws Exception {
    ChildJvm.Start start =
        ChildJvm.Start.with(
                "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:0")
            .in(probe);

    List<String> lines = assertSees(start, "", List.of(), List.of());

    assertThat(lines).filteredOn(line -> line.contains("Listening for transport")).hasSize(1);
  }

  /// Asserts what a worker sees of what its parent sees.
  private static List<String> assertSees(
      ChildJvm.Start start, String asked, List<String> parentOnly, List<String> both)
      throws Exception {
    try (ChildJvm parent = start.run(Parent.class, asked)) {
      List<String> here = List.of(parent.told("parent").split(" "));
      List<String> there = List.of(parent.told("worker").split(" "));
      assertThat(here).containsAll(parentOnly).containsAll(both);
      assertThat(there).containsAll(both);
      for (String each : parentOnly) {
        assertThat(there).doesNotContain(each);
      }
      assertThat(parent.exitCode()).isZero();
      assertThat(parent.lines())
          .noneMatch(line -> line.contains("Exception") || line.contains("WARN"));
      return List.copyOf(parent.lines());
    }
  }

  private Path agentJar() throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Premain-Class", Agent.class.getName());
    Path jar = directory.resolve("agent.jar");
    String file = Agent.class.getName().replace('.', '/') + ".class";
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out, manifest);
        InputStream in = Agent.class.getResourceAsStream("/" + file)) {
      entries.putNextEntry(new JarEntry(file));
      in.transferTo(entries);
      entries.closeEntry();
    }
    return jar;
  }

  /// Leaves a trace in the JVM in which it is an agent.
  static final class Agent {
    public static void premain(String argument) {
      System.setProperty("probe.agent", "1");
    }
  }

  /// Tells which properties and variables of the test it sees, and which a worker sees.
  static final class Parent {
    public static void main(String[] args) throws Exception {
      System.out.println("parent " + seen());
      try (ProcessPool pool =
          Tandem.newProcessPool(1, cf -> args[0].isEmpty() ? cf : cf.withJvmArguments(args[0]))) {
        System.out.println("worker " + pool.submit(() -> seen()).get());
      }
    }

    private static String seen() {
      StringBuilder all = new StringBuilder("seen");
      for (String each :
          List.of("probe.tool", "probe.jdk", "probe.old", "probe.line", "probe.agent")) {
        if (System.getProperty(each) != null) {
          all.append(' ').append(each);
        }
      }
      if (System.getenv("PROBE_OWN") != null) {
        all.append(" env.PROBE_OWN");
      }
      return all.toString();
    }
  }
}

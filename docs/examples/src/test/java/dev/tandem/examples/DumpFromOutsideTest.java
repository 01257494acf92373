package dev.tandem.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.tandem.Tandem;
import dev.tandem.TandemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.junit.jupiter.api.Test;

/** The MXBean of looking-inside.md, from here and from another JVM. */
class DumpFromOutsideTest {
  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

  @Test
  void anotherJvmGetsTheDump() throws Exception {
    // @start region="register"
    Tandem.registerMXBean(); // once, where the program starts
    // @end
    try (var _ = Tandem.newThreadPool(1, cf -> cf.withName("outside"))) {
      Process other =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  DumpOf.class.getName(),
                  Long.toString(ProcessHandle.current().pid()))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      try {
        String json = new String(other.getInputStream().readAllBytes(), UTF_8);
        assertThat(other.waitFor(50, TimeUnit.SECONDS)).isTrue();
        var dump = JsonParser.parseString(json).getAsJsonObject();
        assertThat(dump.get("pid").getAsLong()).isEqualTo(ProcessHandle.current().pid());
        assertThat(json).contains("\"name\":\"outside\"");
      } finally {
        other.destroyForcibly();
      }
    }
  }

  @Test
  void itIsRegisteredOnceAndCounts() throws Exception {
    String name = Tandem.registerMXBean();
    assertThat(Tandem.registerMXBean()).isEqualTo(name);
    TandemMXBean bean = JMX.newMXBeanProxy(server, new ObjectName(name), TandemMXBean.class);
    int before = bean.getLiveExecutors();
    try (var _ = Tandem.newThreadPool(1, cf -> cf.withName("counted"))) {
      assertThat(bean.getLiveExecutors()).isEqualTo(before + 1);
      assertThat(bean.dump()).contains("counted: 0 running");
      assertThat(bean.getQueuedTasks() + bean.getRunningTasks()).isNotNegative();
    }
  }

  @Test
  void theTandemOfAnotherClassLoaderKeepsItsName() throws Exception {
    server.unregisterMBean(new ObjectName(Tandem.registerMXBean()));
    ObjectName first = new ObjectName("dev.tandem:type=Tandem");
    server.registerMBean(new StandardMBean(() -> {}, Runnable.class), first);
    try {
      String second = Tandem.registerMXBean();
      assertThat(second).isEqualTo("dev.tandem:type=Tandem,loader=2");
      server.unregisterMBean(new ObjectName(second));
    } finally {
      server.unregisterMBean(first);
    }
  }
}

package dev.tandem.examples;

import static dev.tandem.examples.Remote.fetchFromDeadServer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.tandem.Tandem;
import dev.tandem.core.Task;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.PreInterruptCallback;
import org.junit.jupiter.api.extension.PreInterruptContext;
import org.junit.platform.testkit.engine.EngineTestKit;

/** The snippet of testing.md that tells where a test hangs. */
class HangingTestSnippetsTest {
  private static PrintStream out = System.out;

  // @start region="dump"
  static final class DumpAtTimeout implements PreInterruptCallback {
    @Override
    public void beforeThreadInterrupt(PreInterruptContext context, ExtensionContext test) {
      out.println(test.getDisplayName() + " takes too long" + System.lineSeparator());
      out.println(Tandem.dump());
    }
  } // @end

  /** Run by the test below only. */
  // @start region="hangs"
  @ExtendWith(DumpAtTimeout.class)
  static class Orders {
    @Test
    @Timeout(1)
    void arrive() throws Exception {
      try (var pool = Tandem.newThreadPool(1, cf -> cf.withCloseTimeout(Duration.ZERO))) {
        pool.submit(Task.of("order", () -> fetchFromDeadServer())).get(); // no limit
      }
    }
  } // @end

  @Test
  void saysWhereItHangs() {
    var text = new ByteArrayOutputStream();
    out = new PrintStream(text, true);
    EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(Orders.class))
        .execute()
        .testEvents()
        .assertStatistics(events -> events.failed(1));
    assertThat(text.toString())
        .contains("arrive() takes too long", "order on ", "Remote.fetchFromDeadServer");
  }
}

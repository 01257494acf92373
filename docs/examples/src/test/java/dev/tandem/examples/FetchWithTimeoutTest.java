package dev.tandem.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.examples.site.LoopbackSite;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FetchWithTimeoutTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final List<String> LINES =
      List.of(
          "/stuck/1: no answer in 2000 ms",
          "/page/1: Page 1",
          "/api/stock: failed, /api/stock answered 503");

  @Test
  void aStuckPageIsReportedAndTheOthersAreFetched() throws Exception {
    try (var site = LoopbackSite.start()) {
      assertThat(FetchWithTimeout.concurrent(urls(site), TIMEOUT)).isEqualTo(LINES);
    }
  }

  @Test
  void aStuckPageDoesNotHoldUpThoseBehindItForever() throws Exception {
    try (var site = LoopbackSite.start()) {
      assertThat(FetchWithTimeout.sequential(urls(site), TIMEOUT)).isEqualTo(LINES);
    }
  }

  private static List<URI> urls(LoopbackSite site) {
    return List.of(site.at("/stuck/1"), site.at("/page/1"), site.at("/api/stock"));
  }
}

package dev.tandem.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.examples.site.LoopbackSite;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FetchPagesTest {
  private static final List<String> TITLES = List.of("Page 1", "Page 2", "Page 3");

  private LoopbackSite site;
  private List<URI> urls;

  @BeforeEach
  void start() throws Exception {
    site = LoopbackSite.start();
    urls = site.pages(3);
  }

  @AfterEach
  void stop() {
    site.close();
  }

  @Test
  void sequentialGivesThePagesInOrder() throws Exception {
    assertThat(FetchPages.sequential(urls)).isEqualTo(TITLES);
  }

  @Test
  void threadsGiveThePagesInOrder() throws Exception {
    assertThat(FetchPages.threads(urls)).isEqualTo(TITLES);
  }

  @Test
  void poolGivesThePagesInOrder() {
    assertThat(FetchPages.pool(urls)).isEqualTo(TITLES);
  }

  @Test
  void asCompletedGivesEveryPageOnce() {
    assertThat(FetchPages.asCompleted(urls)).containsExactlyInAnyOrderElementsOf(TITLES);
  }

  @Test
  void asCompletedTellsWhichPageFailed() {
    URI broken = site.at("/api/stock");
    assertThat(FetchPages.asCompleted(List.of(urls.getFirst(), broken)))
        .containsExactlyInAnyOrder("Page 1", broken + " failed: /api/stock answered 503");
  }
}

package app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class FetchProgramsTest {
  private static final List<String> URLS = List.of("/a", "/b", "/c");

  @Test
  void pagesArePrintedInTheOrderOfTheUrls() {
    try (var out = new Printed()) {
      P01FetchPages.run(URLS);
      assertThat(out.lines()).containsExactly("/a: 0 bytes", "/b: 0 bytes", "/c: 0 bytes");
    }
  }

  @Test
  void tenPagesAreFetchedAtOnce() {
    List<String> urls = Collections.nCopies(200, "/a"); // 50 ms each: 10 s one after the other
    long start = System.nanoTime();
    try (var out = new Printed()) {
      P01FetchPages.run(urls);
      assertThat(out.lines()).hasSize(200);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    assertThat(took).isBetween(Duration.ofSeconds(1), Duration.ofMillis(9_900));
  }

  @Test
  void pagesArePrintedAsTheyCome() {
    try (var out = new Printed()) {
      P02AsCompleted.run(URLS);
      assertThat(out.lines()).containsExactlyInAnyOrder("/a: 0", "/b: 0", "/c: 0");
    }
  }

  @Test
  void aCrawlOfOnePageEndsWithIt() {
    assertThat(P04Crawl.crawl("/seed", 100)).containsExactly("/seed");
  }
}

package dev.tandem.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.examples.Scrape.Scraped;
import dev.tandem.examples.site.LoopbackSite;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScrapeTest {
  @Test
  void everyPageIsScrapedInOrder() throws Exception {
    try (var site = LoopbackSite.start()) {
      List<String> links = site.pages(5).stream().map(Object::toString).toList();
      List<Scraped> expected =
          IntStream.rangeClosed(1, 25).mapToObj(n -> new Scraped("Page " + n, n, links)).toList();
      assertThat(Scrape.concurrent(site.pages(25))).isEqualTo(expected);
      assertThat(Scrape.sequential(site.pages(3))).isEqualTo(expected.subList(0, 3));
    }
  }
}

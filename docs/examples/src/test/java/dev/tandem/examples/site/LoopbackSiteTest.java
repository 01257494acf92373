package dev.tandem.examples.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;

class LoopbackSiteTest {
  @Test
  void linksBetweenItsPagesLeadToPages() throws Exception {
    try (var site = LoopbackSite.start()) {
      var page = Jsoup.parse(Http.get(site.at("/page/7")));
      assertThat(page.title()).isEqualTo("Page 7");
      assertThat(page.select("a").eachAttr("href"))
          .containsExactlyElementsOf(site.pages(5).stream().map(Object::toString).toList());
    }
  }

  @Test
  void aServiceThatIsDownIsAnIOException() throws Exception {
    try (var site = LoopbackSite.start()) {
      assertThatThrownBy(() -> Http.get(site.at("/api/stock")))
          .isInstanceOf(IOException.class)
          .hasMessage("/api/stock answered 503");
    }
  }

  @Test
  void closingEndsWhatIsStuck() throws Exception {
    CompletableFuture<String> answer;
    try (var site = LoopbackSite.start()) {
      answer = CompletableFuture.supplyAsync(() -> getOrError(site), Thread::startVirtualThread);
      await().until(() -> site.underWay() == 1); // a connection that is just being made may hang
    }
    assertThat(answer.join()).startsWith("no answer");
  }

  private static String getOrError(LoopbackSite site) {
    try {
      return Http.get(site.at("/stuck/1"));
    } catch (IOException | InterruptedException e) {
      return "no answer: " + e;
    }
  }
}

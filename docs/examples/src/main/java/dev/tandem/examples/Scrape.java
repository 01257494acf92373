package dev.tandem.examples;

import dev.tandem.Tandem;
import dev.tandem.examples.site.Http;
import dev.tandem.examples.site.LoopbackSite;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jsoup.Jsoup;

/// Scrapes 100 pages that take 50 ms each: 5 s one after the other, half a second ten at once.
final class Scrape {
  private Scrape() {}

  record Scraped(String title, int price, List<String> links) {}

  private static Scraped scrape(URI url) throws IOException, InterruptedException {
    var page = Jsoup.parse(Http.get(url), url.toString());
    int price = Integer.parseInt(page.select(".price").text());
    return new Scraped(page.title(), price, page.select("a").eachAttr("abs:href"));
  }

  static List<Scraped> sequential(List<URI> urls) throws IOException, InterruptedException {
    List<Scraped> pages = new ArrayList<>();
    for (URI url : urls) {
      pages.add(scrape(url));
    }
    return pages;
  }

  /// Virtual threads are unlimited, the patience of a site is not: ten requests at once.
  static List<Scraped> concurrent(List<URI> urls) {
    try (var net = Tandem.newVirtualThreadExecutor()) {
      return net.map(urls, Scrape::scrape, cf -> cf.withConcurrency(10)).toList();
    }
  }

  static void main() throws Exception {
    try (var site = LoopbackSite.start()) {
      List<URI> urls = site.pages(100);
      scrape(urls.getFirst()); // so that neither way pays for loading classes
      Timed.print("sequential", () -> sequential(urls).size() + " pages");
      Timed.print("ten at once", () -> concurrent(urls).size() + " pages");
    }
  }
}

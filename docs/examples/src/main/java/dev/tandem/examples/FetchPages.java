package dev.tandem.examples;

import dev.tandem.Tandem;
import dev.tandem.core.MapConfig;
import dev.tandem.core.Outcome.Cancelled;
import dev.tandem.core.Outcome.Failure;
import dev.tandem.core.Outcome.Success;
import dev.tandem.core.Settled;
import dev.tandem.examples.site.Http;
import dev.tandem.examples.site.LoopbackSite;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jsoup.Jsoup;

/// Fetches three pages in four ways: one after the other, on threads of their own, on a pool, and
/// on a pool with each page shown as soon as it is there.
final class FetchPages {
  private FetchPages() {}

  /// Fetches one page; everything below calls this plain, blocking method.
  static String title(URI url) throws IOException, InterruptedException {
    return Jsoup.parse(Http.get(url)).title();
  }

  static List<String> sequential(List<URI> urls) throws IOException, InterruptedException {
    List<String> titles = new ArrayList<>();
    for (URI url : urls) {
      titles.add(title(url));
    }
    return titles;
  }

  /// The JDK alone: start a thread for each, then ask each for its result.
  static List<String> threads(List<URI> urls) throws ExecutionException, InterruptedException {
    List<FutureTask<String>> fetches = new ArrayList<>();
    for (URI url : urls) {
      var fetch = new FutureTask<>((Callable<String>) () -> title(url));
      Thread.ofVirtual().start(fetch);
      fetches.add(fetch);
    }
    List<String> titles = new ArrayList<>();
    for (FutureTask<String> fetch : fetches) {
      titles.add(fetch.get()); // if this throws, the other threads go on: a pool's map stops them
    }
    return titles;
  }

  /// The results come in the order of the urls, whichever page was faster.
  static List<String> pool(List<URI> urls) {
    try (var pool = Tandem.newThreadPool(3)) {
      return pool.map(urls, FetchPages::title).toList();
    }
  }

  /// The results come as they complete. Each knows its input, and a failure is a result too.
  static List<String> asCompleted(List<URI> urls) {
    try (var pool = Tandem.newThreadPool(3);
        var pages = pool.mapSettled(urls, FetchPages::title, MapConfig::unordered)) {
      return pages
          .map(page ->
              switch (page) {
                case Settled(_, Success(var title)) -> title;
                case Settled(var url, Failure(var e)) -> url + " failed: " + e.getMessage();
                case Settled(var url, Cancelled()) -> url + " was cancelled";
              })
          .toList();
    }
  }

  static void main() throws Exception {
    try (var site = LoopbackSite.start()) {
      List<URI> urls = List.of(site.slowPage(1, 100), site.at("/page/2"), site.slowPage(3, 50));
      title(urls.getFirst()); // so that no way pays for loading the HTTP client's classes
      Timed.print("sequential", () -> sequential(urls));
      Timed.print("threads", () -> threads(urls));
      Timed.print("pool", () -> pool(urls));
      Timed.print("as completed", () -> asCompleted(urls));
    }
  }
}

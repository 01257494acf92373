package dev.tandem.examples;

import dev.tandem.Tandem;
import dev.tandem.core.Outcome;
import dev.tandem.core.Outcome.Cancelled;
import dev.tandem.core.Outcome.Failure;
import dev.tandem.core.Outcome.Success;
import dev.tandem.core.Task;
import dev.tandem.core.TaskTimeoutException;
import dev.tandem.examples.site.LoopbackSite;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/// Fetches pages of which some never answer. A timeout stops the fetch itself, not only the waiting
/// for it: the task is interrupted, and the outcome says so.
final class FetchWithTimeout {
  private FetchWithTimeout() {}

  static List<String> sequential(List<URI> urls, Duration timeout) throws InterruptedException {
    List<String> lines = new ArrayList<>();
    try (var net = Tandem.newVirtualThreadExecutor()) {
      for (URI url : urls) {
        var fetch = Task.of(url.getPath(), () -> FetchPages.title(url)).withTimeout(timeout);
        Future<String> page = net.submit(fetch);
        lines.add(line(url, settle(page)));
      }
    }
    return lines;
  }

  static List<String> concurrent(List<URI> urls, Duration timeout) {
    try (var net = Tandem.newVirtualThreadExecutor();
        var pages = net.mapSettled(urls, FetchPages::title, cf -> cf.withTimeout(timeout))) {
      return pages.map(page -> line(page.input(), page.outcome())).toList();
    }
  }

  private static String line(URI url, Outcome<String> outcome) {
    return url.getPath()
        + switch (outcome) {
          case Success(var title) -> ": " + title;
          case Failure(TaskTimeoutException e) ->
              ": no answer in " + e.timeout().toMillis() + " ms";
          case Failure(var e) -> ": failed, " + e.getMessage();
          case Cancelled() -> ": cancelled";
        };
  }

  private static <T> Outcome<T> settle(Future<T> future) throws InterruptedException {
    try {
      future.get();
    } catch (ExecutionException e) {
      // the outcome below has it
    }
    return Outcome.of(future);
  }

  /// Five pages that answer and three that do not.
  static List<URI> someStuck(LoopbackSite site) {
    Stream<URI> stuck = Stream.of("/stuck/1", "/stuck/2", "/stuck/3").map(site::at);
    return Stream.concat(site.pages(5).stream(), stuck).toList();
  }

  static void main() throws Exception {
    try (var site = LoopbackSite.start()) {
      FetchPages.title(site.at("/page/1")); // loads the HTTP client's classes outside the timeout
      concurrent(someStuck(site), Duration.ofSeconds(1)).forEach(System.out::println);
    }
  }
}

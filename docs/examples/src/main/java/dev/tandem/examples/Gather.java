package dev.tandem.examples;

import dev.tandem.core.Outcome;
import dev.tandem.core.Outcome.Cancelled;
import dev.tandem.core.Outcome.Failure;
import dev.tandem.core.Outcome.Success;
import dev.tandem.examples.site.Http;
import dev.tandem.examples.site.LoopbackSite;
import dev.tandem.structured.Parallel;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;

/// Gathers answers: those of several addresses at once, each for itself or all or nothing. Some of
/// the addresses are broken.
final class Gather {
  private Gather() {}

  /// {@return ten pages, a service that is down, and an address where nothing is}
  static List<URI> addresses(LoopbackSite site) {
    List<URI> all = new ArrayList<>(site.pages(10));
    all.add(site.at("/api/stock"));
    all.add(site.at("/nowhere"));
    return all;
  }

  static List<String> sequential(List<URI> addresses) throws InterruptedException {
    List<String> lines = new ArrayList<>();
    for (URI address : addresses) {
      try {
        lines.add(line(Http.get(address)));
      } catch (IOException e) {
        lines.add(e.getMessage());
      }
    }
    return lines;
  }

  /// Each for itself: `gather(..., return_exceptions=True)`.
  static List<String> concurrent(List<URI> addresses) throws InterruptedException {
    return Parallel.settle(calls(addresses)).stream().map(Gather::line).toList();
  }

  /// All or nothing: `gather(...)`, but what is not needed any more is stopped.
  static List<String> allOrNothing(List<URI> addresses)
      throws ExecutionException, InterruptedException {
    return Parallel.all(calls(addresses)).stream().map(Gather::line).toList();
  }

  private static List<Callable<String>> calls(List<URI> addresses) {
    return addresses.stream().<Callable<String>>map(address -> () -> Http.get(address)).toList();
  }

  private static String line(Outcome<String> answer) {
    return switch (answer) {
      case Success(var page) -> line(page);
      case Failure(var e) -> String.valueOf(e.getMessage());
      case Cancelled() -> "cancelled";
    };
  }

  private static String line(String page) {
    return page.length() + " characters";
  }

  static void main() throws Exception {
    try (var site = LoopbackSite.start()) {
      List<URI> addresses = addresses(site);
      Timed.print("sequential", () -> sequential(addresses));
      Timed.print("concurrent", () -> concurrent(addresses));
    }
  }
}

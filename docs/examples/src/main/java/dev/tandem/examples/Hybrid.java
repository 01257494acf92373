package dev.tandem.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import dev.tandem.Tandem;
import dev.tandem.examples.site.Http;
import dev.tandem.examples.site.LoopbackSite;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/// Pages are fetched on virtual threads, which wait, and fingerprinted in processes, which compute.
/// Both go on at the same time: pages that have come are worked on while others are still under
/// way. `map` is lazy, so slow processes hold the fetching back, and no pages pile up.
final class Hybrid {
  private static final int CORES = Runtime.getRuntime().availableProcessors();
  private static final int ROUNDS = 30_000;

  private Hybrid() {}

  /// Stands for real work: a hash of a hash of a hash.
  static String fingerprint(String page) {
    byte[] bytes = page.getBytes(UTF_8);
    for (int i = 0; i < ROUNDS; i++) {
      bytes = Hashing.sha256().hashBytes(bytes).asBytes();
    }
    return HashCode.fromBytes(bytes).toString();
  }

  static List<String> sequential(List<URI> urls) throws IOException, InterruptedException {
    List<String> prints = new ArrayList<>();
    for (URI url : urls) {
      prints.add(fingerprint(Http.get(url)));
    }
    return prints;
  }

  @SuppressWarnings("StreamToIterable") // a map goes through its inputs once
  static List<String> concurrent(List<URI> urls) {
    try (var net = Tandem.newVirtualThreadExecutor(20);
        var cpu = Tandem.newProcessPool(CORES);
        var pages = net.map(urls, Http::get)) {
      return cpu.map(pages::iterator, Hybrid::fingerprint).toList();
    }
  }

  static void main() throws Exception {
    try (var site = LoopbackSite.start()) {
      List<URI> urls = site.pages(40);
      Timed.print("sequential", () -> sequential(urls).size() + " pages");
      Timed.print("concurrent", () -> concurrent(urls).size() + " pages");
    }
  }
}

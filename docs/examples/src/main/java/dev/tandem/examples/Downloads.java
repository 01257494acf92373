package dev.tandem.examples;

import com.google.common.base.Stopwatch;
import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import dev.tandem.Tandem;
import dev.tandem.examples.site.Http;
import dev.tandem.examples.site.LoopbackSite;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Downloads files into a directory and gives their checksums.
final class Downloads {
  private Downloads() {}

  private static HashCode download(URI url, Path directory)
      throws IOException, InterruptedException {
    String name = url.getPath().replace('/', '-').substring(1);
    Path file = Http.download(url, directory.resolve(name));
    return MoreFiles.asByteSource(file).hash(Hashing.sha256());
  }

  static List<HashCode> sequential(List<URI> urls, Path directory)
      throws IOException, InterruptedException {
    List<HashCode> checksums = new ArrayList<>();
    for (URI url : urls) {
      checksums.add(download(url, directory));
    }
    return checksums;
  }

  /// At most eight at once: more would only share the same line.
  static List<HashCode> concurrent(List<URI> urls, Path directory) {
    try (var pool = Tandem.newThreadPool(8)) {
      return pool.map(urls, url -> download(url, directory)).toList();
    }
  }

  static void main() throws Exception {
    Path directory = Files.createTempDirectory("downloads");
    try (var site = LoopbackSite.start()) {
      List<URI> urls = site.files(8);
      download(urls.getFirst(), directory); // so that neither way pays for loading classes
      Stopwatch one = Stopwatch.createStarted();
      sequential(urls, directory);
      one.stop();
      Stopwatch eight = Stopwatch.createStarted();
      concurrent(urls, directory);
      eight.stop();
      System.out.printf(
          "8 files: sequential %s, concurrent %s, speed-up %.1fx%n",
          one, eight, (double) one.elapsed().toNanos() / eight.elapsed().toNanos());
    } finally {
      MoreFiles.deleteRecursively(directory, RecursiveDeleteOption.ALLOW_INSECURE);
    }
  }
}

package dev.tandem.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The part of a page of the guide, or of the README, that is written from the results, between two
/// comments. The rest of the page is written by people.
final class PageRegion {
  static final String BEGIN = "<!-- figures: written by docs/benchmarks/run report -->\n";
  static final String END = "<!-- end of figures -->\n";

  private PageRegion() {}

  /// Replaces the region; where the page is not, it is only the region.
  static void write(Path page, String content) throws IOException {
    String text = Files.exists(page) ? Files.readString(page) : BEGIN + END;
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalStateException("no region of figures in " + page);
    }
    String before = text.substring(0, begin + BEGIN.length());
    Files.writeString(page, before + "\n" + content + "\n" + text.substring(end));
  }
}

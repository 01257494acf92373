package dev.tandem.examples;

import java.util.regex.Pattern;

/** Text work for the snippets about processes. */
final class Words {
  private Words() {}

  /** A regular expression that tries more ways than there is time, and hears no interrupt. */
  static boolean matchesForEver() {
    return Pattern.matches("(.*a){20}", "a".repeat(60) + "!");
  }

  /** Gives the length of a line, unless the line brings the process down. */
  static int length(String line) {
    if (line.equals("fatal")) {
      Runtime.getRuntime().halt(4);
    }
    return line.length();
  }
}

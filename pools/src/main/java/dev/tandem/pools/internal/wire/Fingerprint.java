package dev.tandem.pools.internal.wire;

import java.io.File;
import java.util.ArrayList;
import java.util.List;

/// What a worker and its parent must have in common: the JDK and the entries of the class path and
/// the module path. Tandem itself is one of these entries, or inside one.
///
/// A text of words: the version of the JDK, then for each entry 16 hexadecimal digits made of its
/// path and, for a file, its size and the time of its last change. Of a directory only the path
/// counts: what is in it changes while programs run (a build's output), and the time of a directory
/// says little about what is below.
///
/// Runs in a starting worker, so it asks `java.io.File` (loaded by then) and hashes by hand.
public final class Fingerprint {
  private Fingerprint() {}

  /// {@return the fingerprint of this JVM}
  public static String ofThisJvm() {
    String classPath = System.getProperty("java.class.path", "");
    return of(
        System.getProperty("java.runtime.version", ""),
        System.getProperty("jdk.module.path", ""),
        classPath);
  }

  public static String of(String version, String modulePath, String classPath) {
    StringBuilder out = new StringBuilder(64);
    append(out, version.replace(' ', '_'));
    List<String> entries = entries(modulePath, classPath);
    for (int i = 0; i < entries.size(); i++) {
      append(out, Long.toHexString(hash(entries.get(i))));
    }
    return out.toString();
  }

  private static void append(StringBuilder out, String word) {
    if (!out.isEmpty()) {
      out.append(' ');
    }
    out.append(word);
  }

  private static List<String> entries(String modulePath, String classPath) {
    List<String> entries = new ArrayList<>();
    split(modulePath, entries);
    split(classPath, entries);
    return entries;
  }

  private static void split(String path, List<String> out) {
    int start = 0;
    while (start < path.length()) {
      int end = path.indexOf(File.pathSeparatorChar, start);
      end = end < 0 ? path.length() : end;
      out.add(path.substring(start, end));
      start = end + 1;
    }
  }

  private static long hash(String entry) {
    long h = 0x9E3779B97F4A7C15L;
    for (int i = 0; i < entry.length(); i++) {
      h = (h ^ entry.charAt(i)) * 0x100000001B3L;
    }
    File file = new File(entry);
    if (!file.isDirectory()) {
      h = (h ^ file.length()) * 0x9E3779B97F4A7C15L;
      h = (h ^ (h >>> 29) ^ file.lastModified()) * 0xBF58476D1CE4E5B9L;
    }
    return h ^ (h >>> 32);
  }

  /// {@return what differs, in words, for an error message}
  ///
  /// @param ours the fingerprint of this JVM when it made the command line of the worker
  /// @param theirs what the worker says
  /// @param modulePath this JVM's, as the worker got it
  /// @param classPath this JVM's, as the worker got it
  public static String difference(String ours, String theirs, String modulePath, String classPath) {
    String[] a = ours.split(" ", -1);
    String[] b = theirs.split(" ", -1);
    if (!a[0].equals(b[0])) {
      return "the JDK is " + b[0] + " in the worker and " + a[0] + " here";
    }
    List<String> entries = entries(modulePath, classPath);
    for (int i = 1; i < Math.min(a.length, b.length); i++) {
      if (!a[i].equals(b[i])) {
        return entries.get(i - 1)
            + " is not what it was when this pool was created: it was replaced, changed or removed";
      }
    }
    return "the worker has "
        + (b.length - 1)
        + " entries on its class path and module path, "
        + (a.length - 1)
        + " were expected";
  }
}

package dev.tandem.pools.internal.process.fleet;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The lines that matter of the report (`hs_err_pid*.log`) that a JVM leaves when it crashes.
///
/// @param excerpt a few lines
/// @param memory the line that tells of exhausted memory, or null if it crashed for another reason
record ErrorReport(List<String> excerpt, @Nullable String memory) {
  private static final int MAX_BYTES = 64 * 1024;
  private static final int MAX_LINES = 20;
  private static final int MAX_FRAMES = 8;
  private static final int MAX_WIDTH = 200;

  /// Reads and deletes the report of a worker that is gone, if there is one. Where the JVM could
  /// not write what it was told to, it has used its working directory, or that for temporary files:
  /// there any user may have put a file that looks like a report.
  static @Nullable ErrorReport take(WorkerEnd end) {
    String name = "hs_err_pid" + end.pid() + ".log";
    Path temporary = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
    for (Path file : List.of(end.errorFile(), Path.of(name), temporary.resolve(name))) {
      ErrorReport report = take(file, end);
      if (report != null) {
        return report;
      }
    }
    return null;
  }

  private static @Nullable ErrorReport take(Path file, WorkerEnd end) {
    try {
      Object key = key(file, end);
      if (key == null) {
        return null;
      }
      List<String> lines = head(file);
      if (!key.equals(key(file, end))) {
        return null; // another one was put in its place in between
      }
      Files.deleteIfExists(file);
      return of(lines);
    } catch (IOException | UnsupportedOperationException _) {
      return null;
    }
  }

  /// {@return what tells it from other files, or null if it is not a report of that worker: a plain
  /// file of this user, written since the worker started, that has no other name} A link, symbolic
  /// or not, leads to lines that only this JVM may read; a file of another user tells lies.
  private static @Nullable Object key(Path file, WorkerEnd end) throws IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!attributes.isRegularFile()
        || attributes.lastModifiedTime().toInstant().isBefore(end.started())
        || !end.owner().equals(Files.getOwner(file, LinkOption.NOFOLLOW_LINKS))) {
      return null;
    }
    if (file.getFileSystem().supportedFileAttributeViews().contains("unix")
        && !Integer.valueOf(1)
            .equals(Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS))) {
      return null;
    }
    Object key = attributes.fileKey();
    return key == null ? attributes.creationTime() : key;
  }

  private static List<String> head(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8).lines().toList();
    }
  }

  static ErrorReport of(List<String> lines) {
    List<String> excerpt = new ArrayList<>();
    String memory = null;
    int framesLeft = 0;
    for (String line : lines) {
      if (memory == null && isOfMemory(line)) {
        memory = bare(line);
      }
      if (line.startsWith("Native frames:") || line.startsWith("Java frames:")) {
        framesLeft = MAX_FRAMES + 1;
      } else if (line.isBlank()) {
        framesLeft = 0;
      }
      if (isWorthReading(line) || framesLeft-- > 0) {
        excerpt.add(line.substring(0, Math.min(line.length(), MAX_WIDTH)));
      }
    }
    return new ErrorReport(
        List.copyOf(excerpt.subList(0, Math.min(excerpt.size(), MAX_LINES))), memory);
  }

  private static boolean isOfMemory(String line) {
    return line.startsWith("# Native memory allocation")
        || line.startsWith("#  fatal error: OutOfMemory encountered")
        || line.startsWith("# There is insufficient memory");
  }

  private static boolean isWorthReading(String line) {
    return line.startsWith("siginfo:")
        || line.startsWith("Current thread")
        || (line.startsWith("# ") && !isBoilerplate(line));
  }

  private static boolean isBoilerplate(String line) {
    return line.contains("A fatal error has been detected")
        || line.contains("core dump")
        || line.contains("bug report")
        || line.contains("http")
        || line.contains("The crash happened outside")
        || line.contains("See problematic frame")
        || line.contains("JRE version")
        || line.contains("Java VM:");
  }

  /// {@return what happened, in one line: the signal or the internal error}
  String headline() {
    for (String line : excerpt) {
      if (line.startsWith("#") && !bare(line).isEmpty()) {
        return bare(line);
      }
    }
    return "its JVM has left an error report";
  }

  private static String bare(String line) {
    return line.substring(1).strip();
  }
}

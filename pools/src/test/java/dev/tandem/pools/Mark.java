package dev.tandem.pools;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;

/// A file through which a task in a worker and the test tell each other how far they are. It
/// outlives a killed process.
///
/// @param file where it is, once it is set
public record Mark(String file) implements Serializable {
  public static Mark in(Path directory, String name) {
    return new Mark(directory.resolve(name).toString());
  }

  /// Sets it, with the id of this process.
  public void set() {
    set(Long.toString(ProcessHandle.current().pid()));
  }

  /// Sets it, with a text. Whoever sees the mark sees the whole text.
  public void set(String text) {
    Path unfinished = Path.of(file + "." + ProcessHandle.current().pid());
    try {
      Files.writeString(unfinished, text);
      Files.move(unfinished, Path.of(file), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public boolean isSet() {
    return Files.exists(Path.of(file));
  }

  /// Waits until it is set.
  ///
  /// @return its text
  public String await() throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
    while (!isSet()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("nobody has set " + file);
      }
      TimeUnit.MILLISECONDS.sleep(1);
    }
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Waits until it is set, and returns the id of the process that did so.
  public long awaitPid() throws InterruptedException {
    return Long.parseLong(await());
  }
}

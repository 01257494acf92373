package dev.tandem.cluster;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// What tasks on members note of themselves, in files that outlive a killed member: one for each
/// process, to which a line is appended at once. And gates, by which a test holds tasks up.
///
/// @param directory where the files are
record Ledger(String directory) implements Serializable, AutoCloseable {
  static Ledger in(Path directory) {
    return new Ledger(directory.toString());
  }

  /// Notes that a task runs.
  int ran(int id) {
    note("ran", id);
    return id;
  }

  /// Notes an event of a task.
  void note(String event, int id) {
    if (isOpen("over")) {
      return; // a task that nothing waits for: the directory is about to be deleted
    }
    try {
      Files.writeString(
          Path.of(directory, event + "-" + ProcessHandle.current().pid()),
          id + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// {@return how often each task ran}
  Map<Integer, Integer> runs() {
    return counts("ran");
  }

  /// {@return how often each task has noted an event}
  Map<Integer, Integer> counts(String event) {
    Map<Integer, Integer> counts = new HashMap<>();
    byProcess(event).values().forEach(ids -> ids.forEach(id -> counts.merge(id, 1, Integer::sum)));
    return counts;
  }

  /// {@return the tasks that have noted an event, by process}
  Map<Long, List<Integer>> byProcess(String event) {
    Map<Long, List<Integer>> all = new HashMap<>();
    try (Stream<Path> files = Files.list(Path.of(directory))) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.startsWith(event + "-")) {
          List<Integer> ids = Files.readAllLines(file).stream().map(Integer::valueOf).toList();
          all.put(Long.valueOf(name.substring(event.length() + 1)), ids);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  // ---- gates

  /// Lets through all that wait at a gate, and will.
  void open(String gate) {
    try {
      Files.createFile(Path.of(directory, gate));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void openOnce(String gate) {
    if (!isOpen(gate)) {
      open(gate);
    }
  }

  boolean isOpen(String gate) {
    return Files.exists(Path.of(directory, gate));
  }

  /// Opens all gates: the test is over, also if it has failed.
  @Override
  public void close() {
    openOnce("over");
  }

  /// Notes that a task runs, and waits until a gate is open; notes it if the wait is interrupted.
  int waitAt(String gate, int id) throws InterruptedException {
    ran(id);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(50);
    try {
      while (!isOpen(gate) && !isOpen("over") && Files.exists(Path.of(directory))) {
        if (System.nanoTime() > end) {
          throw new AssertionError("the gate stays closed: " + gate);
        }
        TimeUnit.MILLISECONDS.sleep(2);
      }
    } catch (InterruptedException e) {
      note("interrupted", id);
      throw e;
    }
    note("passed", id);
    return id;
  }
}

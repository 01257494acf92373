package dev.tandem.pools;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What tasks note of themselves, in files that outlive a killed worker: one for each process,
/// which it only appends to. A line of text is written at once, so it is there or not.
///
/// @param directory where the files are
record Ledger(String directory) implements Serializable {
  private static FileOutputStream own;

  static Ledger in(Path directory) {
    return new Ledger(directory.toString());
  }

  /// Notes that a task begins.
  void begin(int id) {
    note("b " + id);
  }

  /// Notes that a task has done its work.
  void end(int id) {
    note("e " + id);
  }

  /// A task that does nothing but note itself.
  int note(int id) {
    begin(id);
    end(id);
    return id;
  }

  private void note(String line) {
    try {
      synchronized (Ledger.class) {
        if (own == null) {
          Path file = Path.of(directory, "ledger-" + ProcessHandle.current().pid());
          own = new FileOutputStream(file.toFile(), true);
        }
        own.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// How often each task began, and ended; a task that did not is not there.
  record Counts(Map<Integer, Integer> begun, Map<Integer, Integer> ended) {
    int begun(int id) {
      return begun.getOrDefault(id, 0);
    }

    int ended(int id) {
      return ended.getOrDefault(id, 0);
    }
  }

  /// {@return what was noted so far}
  Counts read() {
    Counts counts = new Counts(new HashMap<>(), new HashMap<>());
    for (List<String> lines : byProcess().values()) {
      for (String line : lines) {
        Map<Integer, Integer> sum = line.startsWith("b") ? counts.begun() : counts.ended();
        sum.merge(Integer.valueOf(line.substring(2)), 1, Integer::sum);
      }
    }
    return counts;
  }

  /// {@return what was noted so far, by process id}
  Map<Long, List<String>> byProcess() {
    Map<Long, List<String>> all = new HashMap<>();
    try (Stream<Path> files = Files.list(Path.of(directory))) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.startsWith("ledger-")) {
          all.put(Long.valueOf(name.substring(7)), Files.readAllLines(file));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }
}

package dev.tandem.examples.soak;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// What tasks note in files, which outlive a worker that is killed: that they ran, and if it was
/// for the second time.
///
/// @param directory where the files are, for this round
record Notes(String directory) implements Serializable, AutoCloseable {
  private static final String AGAIN = "-again";

  static Notes create(Path parent) throws IOException {
    return new Notes(Files.createTempDirectory(parent, "notes").toString());
  }

  /// The task runs.
  void note(int id) throws IOException {
    try {
      Files.createFile(Path.of(directory, Integer.toString(id)));
    } catch (FileAlreadyExistsException _) {
      Files.writeString(Path.of(directory, id + AGAIN), "");
    }
  }

  void check(Account account) throws IOException {
    try (Stream<Path> files = Files.list(Path.of(directory))) {
      files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(AGAIN))
          .forEach(file -> account.problem("ran in two processes: " + file));
    }
  }

  @Override
  public void close() throws IOException {
    MoreFiles.deleteRecursively(Path.of(directory), RecursiveDeleteOption.ALLOW_INSECURE);
  }
}

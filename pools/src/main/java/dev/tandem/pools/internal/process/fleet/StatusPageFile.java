package dev.tandem.pools.internal.process.fleet;

import dev.tandem.pools.internal.wire.StatusPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The file behind a status page.
final class StatusPageFile {
  private static final Logger log = LoggerFactory.getLogger(StatusPageFile.class);

  private StatusPageFile() {}

  static StatusPage create(Path file) throws IOException {
    try {
      return StatusPage.create(file);
    } catch (IOException e) {
      delete(file);
      throw new IOException(
          ("the status page %s cannot be written (is its file system full? the system property"
                  + " tandem.page.directory can name another): %s")
              .formatted(file, e),
          e);
    }
  }

  /// Removes the file of a page that its worker has mapped: the memory stays, on both sides, and no
  /// task and no cleaner of temporary files can reach the file any more. Where a mapped file cannot
  /// be removed, as on Windows, that is done when the worker is gone.
  ///
  /// @return whether the page can be touched
  static boolean takeAway(Path file) {
    boolean whole = isWhole(file);
    delete(file);
    return whole;
  }

  /// {@return false if the file was cut off}
  static boolean isWhole(Path file) {
    try {
      return StatusPage.isWhole(file);
    } catch (IOException e) {
      return true; // it was removed: what is mapped stays
    }
  }

  static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      log.debug("{} cannot be removed", file, e); // with the directory, then
    }
  }
}

package dev.tandem.pools.internal.share;

import dev.tandem.pools.internal.codec.DecodingException;
import dev.tandem.pools.internal.codec.Encoder;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// The shared files that a worker has mapped: each once, from the first handle on, until the pool
/// has closed it.
public final class OpenedFiles extends SharedFiles {
  /// @param encoder that of the worker
  public OpenedFiles(Encoder encoder) {
    super(encoder);
  }

  @Override
  String name() {
    return "the pool";
  }

  /// Under a lock, since a worker decodes on two threads: each file must be mapped once.
  @Override
  synchronized @Nullable SharedFile find(long id, String path, long bytes)
      throws DecodingException {
    SharedFile known = files.get(id);
    if (known != null) { // perhaps closed: a number is used once
      return known;
    }
    try {
      SharedFile opened = SharedFile.open(id, Path.of(path), bytes);
      files.put(id, opened);
      return opened;
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw new DecodingException("shared memory " + id + " cannot be opened: " + e, e);
    }
  }

  @Override
  void close(SharedFile file) {
    throw new UnsupportedOperationException(
        file + " is closed by the process that has made it, not by a worker");
  }

  /// Unmaps what its owner has closed. Thread: ticker.
  public void sweep() {
    for (Iterator<SharedFile> all = files.values().iterator(); all.hasNext(); ) {
      SharedFile file = all.next();
      if (file.isClosed() && file.unmap()) {
        all.remove();
      }
    }
  }
}

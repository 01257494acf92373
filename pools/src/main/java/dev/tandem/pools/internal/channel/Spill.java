package dev.tandem.pools.internal.channel;

import dev.tandem.pools.internal.codec.Input;
import dev.tandem.pools.internal.codec.Output;
import dev.tandem.pools.internal.share.SteadyFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The files of elements that are too large for a lane, in the shared-memory directory of the pool.
/// An element's file is written before the element is put, and removed by who has read it, or drops
/// the element.
///
/// ```text
///   int  bytes beside the blobs
///   int  number of blobs
///   for each blob: long, its size
///   the bytes, then the blobs
/// ```
final class Spill {
  static final String PREFIX = "element-";
  private static final Logger log = LoggerFactory.getLogger(Spill.class);
  private static final int SLICE = 1 << 18;

  private final Path directory;
  private final String prefix;
  private final AtomicLong count = new AtomicLong();

  /// @param origin the number of this process
  /// @param channel the number of the channel
  Spill(Path directory, int origin, long channel) {
    this.directory = directory;
    this.prefix = prefix(origin, channel);
  }

  private static String prefix(int origin, long channel) {
    return PREFIX + origin + "-" + channel + "-";
  }

  /// {@return the file that has an encoded element}
  Path write(Output element) throws IOException {
    Path path = directory.resolve(prefix + count.incrementAndGet());
    int blobs = element.blobs().size();
    ByteBuffer head = ByteBuffer.allocate(8 + 8 * blobs);
    head.putInt(element.length()).putInt(blobs);
    for (ByteBuffer blob : element.blobs()) {
      head.putLong(blob.remaining());
    }
    head.flip();
    SteadyFile.checkRoom(directory, head.remaining() + element.length() + element.blobBytes());
    try {
      return SteadyFile.with(
          path,
          EnumSet.of(
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE),
          channel -> {
            write(channel, head.duplicate());
            write(channel, ByteBuffer.wrap(element.array(), 0, element.length()));
            for (ByteBuffer blob : element.blobs()) {
              write(channel, blob.duplicate());
            }
            return path;
          });
    } catch (Throwable e) {
      delete(path);
      throw e;
    }
  }

  private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
    int end = bytes.limit();
    while (bytes.position() < end) {
      bytes.limit(bytes.position() + Math.min(SLICE, end - bytes.position()));
      var _ = channel.write(bytes);
    }
  }

  /// {@return the encoded element of a file}
  static Input read(Path path) throws IOException {
    return SteadyFile.with(path, EnumSet.of(StandardOpenOption.READ), Spill::read);
  }

  private static Input read(FileChannel channel) throws IOException {
    long left = channel.size();
    ByteBuffer head = read(channel, 8, left);
    int length = head.getInt(0);
    int count = head.getInt(4);
    left -= 8;
    if (count < 0 || count > left / 8) {
      throw new IOException("a file with " + count + " blobs");
    }
    ByteBuffer sizes = read(channel, 8L * count, left);
    left -= 8L * count;
    byte[] bytes = read(channel, length, left).array();
    left -= length;
    byte[][] blobs = new byte[count][];
    for (int i = 0; i < count; i++) {
      blobs[i] = read(channel, sizes.getLong(8 * i), left).array();
      left -= blobs[i].length;
    }
    return new Input(bytes, 0, bytes.length, blobs);
  }

  private static ByteBuffer read(FileChannel channel, long size, long left) throws IOException {
    if (size < 0 || size > left || size > Output.LARGEST_ARRAY) {
      throw new IOException("a file with " + size + " bytes where " + left + " are");
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) size);
    while (bytes.hasRemaining()) {
      bytes.limit(bytes.position() + Math.min(SLICE, (int) size - bytes.position()));
      if (channel.read(bytes) < 0) {
        throw new EOFException("a file that ends too early");
      }
      bytes.limit((int) size);
    }
    return bytes;
  }

  /// Removes the file of a parcel, if it has one.
  static void drop(Parcel parcel) {
    Path file = parcel.file;
    if (file != null) {
      delete(file);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      log.debug("{} cannot be removed", file, e); // with the directory, then
    }
  }

  /// Removes the files that a process has written for elements that it did not put.
  ///
  /// @param put how many files of elements that it has put are known
  static void dropRest(Path directory, int origin, long channel, long put) {
    String prefix = prefix(origin, channel);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, prefix + "*")) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        if (Long.parseLong(name.substring(prefix.length())) > put) {
          delete(file);
        }
      }
    } catch (IOException | RuntimeException e) {
      log.debug("{} cannot be searched", directory, e);
    }
  }

  /// {@return which of the files of its process and channel it is}
  static long number(Path file) {
    String name = String.valueOf(file.getFileName());
    return Long.parseLong(name.substring(name.lastIndexOf('-') + 1));
  }
}

package dev.tandem.pools.internal.channel;

import dev.tandem.pools.internal.codec.Input;
import dev.tandem.pools.internal.codec.Output;
import dev.tandem.pools.internal.wire.ReservedFile;
import java.io.EOFException;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The files of elements that are too large for a lane, in the shared-memory directory of the pool.
/// An element's file is written before the element is put, and removed by the taker that has read
/// it, or by the process that drops the element.
///
/// ```text
///   int  bytes beside the blobs
///   int  number of blobs
///   int  number of definitions
///   for each blob: long, its size
///   for each definition: int, its number; int, its size; its bytes
///   the bytes, then the blobs
/// ```
///
/// All definitions that the element needs are in its file, whatever the taker has: together they
/// may be larger than a lane.
final class Spill {
  private static final String PREFIX = "element-";
  private static final Logger log = LoggerFactory.getLogger(Spill.class);
  private static final int SLICE = 1 << 18;
  private static final int HEAD = 12;

  private final Path directory;
  private final String prefix;
  private final AtomicInteger count = new AtomicInteger();

  /// @param origin the number of this process
  /// @param channel the number of the channel
  Spill(Path directory, int origin, long channel) {
    this.directory = directory;
    this.prefix = prefix(origin, channel);
  }

  /// An encoded element, and what its decoder must have first.
  static final class Content {
    final int[] ids;
    final byte[][] definitions;
    final Input element;

    private Content(int[] ids, byte[][] definitions, Input element) {
      this.ids = ids;
      this.definitions = definitions;
      this.element = element;
    }
  }

  private static String prefix(int origin, long channel) {
    return PREFIX + origin + "-" + channel + "-";
  }

  /// {@return the file that has an encoded element} No interrupt ends that, as it would end one of
  /// a channel.
  ///
  /// @param definitions the bytes of its definitions
  Path write(Output element, byte[][] definitions) throws IOException {
    Path path = directory.resolve(prefix + count.incrementAndGet());
    int blobs = element.blobs().size();
    int bytes = HEAD + 8 * blobs + 8 * definitions.length;
    for (byte[] definition : definitions) {
      bytes += definition.length;
    }
    ByteBuffer head = ByteBuffer.allocate(bytes);
    head.putInt(element.length()).putInt(blobs).putInt(definitions.length);
    for (ByteBuffer blob : element.blobs()) {
      head.putLong(blob.remaining());
    }
    for (int i = 0; i < definitions.length; i++) {
      head.putInt(element.definition(i)).putInt(definitions[i].length).put(definitions[i]);
    }
    ReservedFile.checkRoom(directory, head.capacity() + element.length() + element.blobBytes());
    try (OutputStream out = new FileOutputStream(path.toFile())) {
      out.write(head.array());
      out.write(element.array(), 0, element.length());
      for (ByteBuffer blob : element.blobs()) {
        write(blob.duplicate(), out);
      }
      return path;
    } catch (Throwable e) {
      delete(path);
      throw e;
    }
  }

  private static void write(ByteBuffer bytes, OutputStream out) throws IOException {
    if (bytes.hasArray()) {
      out.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
      return;
    }
    byte[] slice = new byte[Math.min(SLICE, bytes.remaining())];
    while (bytes.hasRemaining()) {
      int count = Math.min(slice.length, bytes.remaining());
      bytes.get(slice, 0, count);
      out.write(slice, 0, count);
    }
  }

  /// {@return the encoded element of a file}
  static Content read(Path path) throws IOException {
    try (InputStream in = new FileInputStream(path.toFile())) {
      long left = path.toFile().length();
      ByteBuffer head = ByteBuffer.wrap(read(in, HEAD, left));
      int length = head.getInt();
      int count = head.getInt();
      int defined = head.getInt();
      left -= HEAD;
      if (count < 0 || defined < 0 || (long) count + defined > left / 8) {
        throw new IOException(path + " has " + count + " blobs and " + defined + " definitions");
      }
      ByteBuffer sizes = ByteBuffer.wrap(read(in, 8L * count, left));
      left -= 8L * count;
      int[] ids = new int[defined];
      byte[][] definitions = new byte[defined][];
      for (int i = 0; i < defined; i++) {
        ByteBuffer definition = ByteBuffer.wrap(read(in, 8, left));
        left -= 8;
        ids[i] = definition.getInt();
        if (ids[i] < 0 || ids[i] >= RecordReader.MOST_DEFINITIONS) {
          throw new IOException(path + " has a definition " + ids[i]);
        }
        definitions[i] = read(in, definition.getInt(), left);
        left -= definitions[i].length;
      }
      byte[] bytes = read(in, length, left);
      left -= length;
      byte[][] blobs = new byte[count][];
      for (int i = 0; i < count; i++) {
        blobs[i] = read(in, sizes.getLong(), left);
        left -= blobs[i].length;
      }
      return new Content(ids, definitions, new Input(bytes, 0, bytes.length, blobs));
    }
  }

  /// Keeps what is in the file of a parcel, if it has one.
  static void readAhead(Parcel parcel) {
    Path file = parcel.file;
    if (file != null && parcel.fileContent == null) {
      try {
        parcel.fileContent = read(file);
      } catch (IOException | OutOfMemoryError e) {
        log.warn("{}, an element that is left in a channel, cannot be kept", file, e);
      }
    }
  }

  private static byte[] read(InputStream in, long size, long left) throws IOException {
    if (size < 0 || size > left || size > Output.LARGEST_ARRAY) {
      throw new IOException("a file with " + size + " bytes where " + left + " are");
    }
    byte[] bytes = new byte[(int) size];
    if (in.readNBytes(bytes, 0, bytes.length) < bytes.length) {
      throw new EOFException("a file that ends too early");
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

  /// Removes the file of a parcel that is not in the channel, if it has one.
  static void dropUnlessPut(Parcel parcel) {
    if (!parcel.isPut) {
      drop(parcel);
    }
  }

  /// {@return whether the file of a parcel was removed}
  static boolean isGone(Parcel parcel) {
    return parcel.file == null || Files.notExists(parcel.file);
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
  /// @param put the numbers of the files of elements that it has put
  static void dropRest(Path directory, int origin, long channel, FileNumbers put) {
    String prefix = prefix(origin, channel);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, prefix + "*")) {
      for (Path file : files) {
        if (!put.contains(number(file))) {
          delete(file);
        }
      }
    } catch (IOException | RuntimeException e) {
      log.debug("{} cannot be searched", directory, e);
    }
  }

  /// {@return whether a channel has a file, or may have one}
  static boolean hasFiles(Path directory, long channel) {
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(directory, PREFIX + "*-" + channel + "-*")) {
      return files.iterator().hasNext();
    } catch (IOException | RuntimeException e) {
      log.debug("{} cannot be searched", directory, e);
      return true;
    }
  }

  /// Removes the files that a process has written for channels to which it has put nothing that is
  /// left to take.
  static void dropAll(Path directory, int origin, LongPredicate isEmpty) {
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(directory, PREFIX + origin + "-*")) {
      for (Path file : files) {
        String[] parts = String.valueOf(file.getFileName()).split("-", -1);
        if (isEmpty.test(Long.parseLong(parts[2]))) {
          delete(file);
        }
      }
    } catch (IOException | RuntimeException e) {
      log.debug("{} cannot be searched", directory, e);
    }
  }

  /// {@return whether a file can have this name: that of one with an element, written as it is
  /// here}
  static boolean isName(String name) {
    String[] parts = name.split("-", -1);
    try {
      return parts.length == 4
          && name.equals(
              prefix(Integer.parseInt(parts[1]), Long.parseLong(parts[2]))
                  + Integer.parseInt(parts[3]));
    } catch (NumberFormatException _) {
      return false;
    }
  }

  /// {@return which of the files of its process and channel it is}
  static int number(Path file) {
    String name = String.valueOf(file.getFileName());
    return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
  }
}

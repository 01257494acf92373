package dev.tandem.pools.internal.channel;

import dev.tandem.pools.internal.codec.Decoder;
import dev.tandem.pools.internal.codec.DecodingException;
import dev.tandem.pools.internal.codec.Input;
import dev.tandem.pools.internal.codec.Output;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.NotSerializableException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Makes parcels of the elements of one channel, in one process, and elements of parcels.
/// Definitions travel in the lanes, each before the first element that needs it. Thread-safe.
final class ParcelCodec implements RecordReader.Definitions, RecordWriter.Definitions {
  private final Coding coding;
  private final Spill spill;
  private final boolean keepsFiles;
  private final AtomicReference<@Nullable Output> spare = new AtomicReference<>();

  /// The definitions of other processes, by the process.
  private final Map<Integer, Map<Integer, byte[]>> definitions = new ConcurrentHashMap<>();

  private final Map<Integer, Origin> origins = new ConcurrentHashMap<>();

  /// The decoder of what one process has encoded. @GuardedBy("this")
  private static final class Origin {
    final Decoder decoder;
    final BitSet defined = new BitSet();

    Origin(Decoder decoder) {
      this.decoder = decoder;
    }

    void define(int id, byte[] bytes) throws DecodingException {
      decoder.define(id, new Input(bytes, 0, bytes.length));
      defined.set(id);
    }
  }

  /// @param keepsFiles whether the hub removes the files of elements, and not the taker that has
  ///   read them
  ParcelCodec(Coding coding, Spill spill, boolean keepsFiles) {
    this.coding = coding;
    this.spill = spill;
    this.keepsFiles = keepsFiles;
  }

  // ---- encoding

  /// {@return the element as a parcel} If it is not put, it must be [dropped][Spill#drop].
  ///
  /// @throws IllegalArgumentException if it cannot be sent
  /// @throws UncheckedIOException if it is large, and there is no room for it
  Parcel encode(Object element) {
    Output out = spare.getAndSet(null);
    if (out == null) {
      out = new Output(coding.maxMessage());
    }
    try {
      coding.encoder().encode(element, out);
      int count = out.definitionCount();
      int[] used = count == 0 ? Parcel.NO_DEFINITIONS : new int[count];
      long size = out.length() + out.blobBytes();
      for (int i = 0; i < count; i++) {
        used[i] = out.definition(i);
        size += 8 + coding.encoder().definition(used[i]).length;
      }
      if (size <= Lane.LARGEST && out.blobs().isEmpty()) {
        byte[] bytes = Arrays.copyOf(out.array(), out.length());
        return new Parcel(coding.origin(), bytes, used, null);
      }
      byte[][] bytes = new byte[count][];
      for (int i = 0; i < count; i++) {
        bytes[i] = coding.encoder().definition(used[i]);
      }
      var file = spill.write(out, bytes);
      byte[] name = RecordWriter.bytes(String.valueOf(file.getFileName()));
      return new Parcel(coding.origin(), name, Parcel.NO_DEFINITIONS, file);
    } catch (NotSerializableException e) {
      throw new IllegalArgumentException(
          "element: cannot be sent to another process: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException("element: " + e.getMessage(), e);
    } finally {
      out.reset();
      spare.set(out);
    }
  }

  /// {@return what can be put into a closed channel only, which refuses it}
  Parcel none() {
    return new Parcel(coding.origin(), new byte[0], Parcel.NO_DEFINITIONS, null);
  }

  // ---- definitions

  @Override
  public void define(int origin, int id, byte[] bytes) {
    definitions.computeIfAbsent(origin, _ -> new ConcurrentHashMap<>()).put(id, bytes);
  }

  @Override
  public byte[] definition(int origin, int id) {
    if (origin == coding.origin()) {
      return coding.encoder().definition(id);
    }
    Map<Integer, byte[]> known = definitions.get(origin);
    byte[] bytes = known == null ? null : known.get(id);
    return bytes == null ? new byte[0] : bytes; // its reader says so
  }

  // ---- decoding

  /// {@return the element of a parcel, which the current thread has taken}
  ///
  /// @throws UncheckedIOException if it is not accepted here, or cannot be read
  Object decode(Parcel parcel) {
    try {
      var file = parcel.file;
      Spill.Content content = parcel.fileContent;
      if (content == null && file != null) {
        content = Spill.read(file);
      }
      Object element = content == null ? decodeRecord(parcel) : decodeFile(parcel, content);
      if (element == null) {
        throw new DecodingException("broken message: no element");
      }
      return element;
    } catch (DecodingException e) {
      var refusal =
          new InvalidClassException("what was taken cannot be accepted: " + e.getMessage());
      refusal.initCause(e.getCause());
      throw new UncheckedIOException(refusal);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      if (!keepsFiles) {
        Spill.drop(parcel);
      }
    }
  }

  private @Nullable Object decodeRecord(Parcel parcel) throws DecodingException {
    Origin origin = origin(parcel);
    synchronized (origin) {
      for (int id : parcel.definitions) {
        if (!origin.defined.get(id)) {
          origin.define(id, definition(parcel.origin, id));
        }
      }
      return origin.decoder.decode(new Input(parcel.content, 0, parcel.content.length));
    }
  }

  private @Nullable Object decodeFile(Parcel parcel, Spill.Content content)
      throws DecodingException {
    Origin origin = origin(parcel);
    synchronized (origin) {
      for (int i = 0; i < content.ids.length; i++) {
        if (!origin.defined.get(content.ids[i])) {
          origin.define(content.ids[i], content.definitions[i]);
        }
      }
      return origin.decoder.decode(content.element);
    }
  }

  private Origin origin(Parcel parcel) {
    return origins.computeIfAbsent(
        parcel.origin,
        _ -> new Origin(new Decoder(coding.filter(), coding.loader(), coding.handles())));
  }
}

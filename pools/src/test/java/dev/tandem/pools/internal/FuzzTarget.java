package dev.tandem.pools.internal;

import dev.tandem.pools.internal.channel.FuzzRecord;
import dev.tandem.pools.internal.codec.FuzzDefinition;
import dev.tandem.pools.internal.codec.FuzzFailure;
import dev.tandem.pools.internal.codec.FuzzJdk;
import dev.tandem.pools.internal.codec.FuzzValue;
import dev.tandem.pools.internal.share.FuzzCall;
import dev.tandem.pools.internal.wire.FuzzFrame;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/// What the fuzzer calls: each target has messages to begin with, and a method that takes any bytes
/// and throws if the contract of those who read them is broken.
///
/// The contract: reading ends, with a value or with the exception that the Javadoc names; it
/// allocates in proportion to what has arrived; no class is loaded that the filter does not accept;
/// and the reader can be used afterwards, unless its Javadoc says that the connection is over.
enum FuzzTarget {
  /// Frames, as pool and worker read them.
  FRAME(FuzzFrame.class, FuzzFrame::seeds, FuzzFrame::fuzzerTestOneInput),

  /// A value in Tandem's format.
  VALUE(FuzzValue.class, FuzzValue::seeds, FuzzValue::fuzzerTestOneInput),

  /// A value in the format of the JDK's serialization.
  JDK(FuzzJdk.class, FuzzJdk::seeds, FuzzJdk::fuzzerTestOneInput),

  /// Definitions, and a value that uses them.
  DEFINITION(FuzzDefinition.class, FuzzDefinition::seeds, FuzzDefinition::fuzzerTestOneInput),

  /// The failure of a task.
  FAILURE(FuzzFailure.class, FuzzFailure::seeds, FuzzFailure::fuzzerTestOneInput),

  /// Elements in the lane of a channel, and in files.
  RECORD(FuzzRecord.class, FuzzRecord::seeds, FuzzRecord::fuzzerTestOneInput),

  /// Calls of remote objects.
  CALL(FuzzCall.class, FuzzCall::seeds, FuzzCall::fuzzerTestOneInput);

  /// A method that takes any bytes.
  interface Method {
    void call(byte[] data) throws Exception;
  }

  private final Class<?> owner;
  private final Supplier<List<byte[]>> seeds;
  private final Method method;

  FuzzTarget(Class<?> owner, Supplier<List<byte[]>> seeds, Method method) {
    this.owner = owner;
    this.seeds = seeds;
    this.method = method;
  }

  /// {@return the class whose method Jazzer finds by its name}
  Class<?> owner() {
    return owner;
  }

  /// {@return real messages}
  List<byte[]> seeds() {
    return seeds.get();
  }

  /// {@return messages that the fuzzer has kept, as each reached code that no other had}
  List<byte[]> kept() {
    List<byte[]> kept = new ArrayList<>();
    try (InputStream file = FuzzTarget.class.getResourceAsStream("/fuzz/" + name() + ".zip")) {
      if (file == null) {
        throw new AssertionError("no messages are kept for " + this);
      }
      ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file.readAllBytes()));
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        kept.add(zip.readAllBytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return kept;
  }

  void call(byte[] data) throws Exception {
    method.call(data);
  }
}

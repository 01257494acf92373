package dev.tandem.pools.internal.share;

import dev.tandem.pools.internal.codec.Encoder;
import dev.tandem.pools.internal.wire.ReservedFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/// One file, mapped twice, as the application's JVM and a worker have it: the same memory at two
/// addresses. Its arrays of two elements are used again and again.
final class StressMemory {
  private static final int STRIDE = 16;
  private static final int ARRAYS = 1 << 16; // more than jcstress has at the same time
  private static final long SIZE = (long) ARRAYS * STRIDE;
  private static final OpenedFiles FILES = new OpenedFiles(new Encoder());
  private static final MemorySegment owners;
  private static final MemorySegment workers;
  private static final AtomicInteger next = new AtomicInteger();

  static {
    try {
      Path file = Files.createTempDirectory("stress").resolve("shared-1");
      ReservedFile.create(file, SharedFile.HEADER + SIZE, () -> false);
      owners = ReservedFile.map(file, SharedFile.HEADER + SIZE, Arena.global());
      workers = ReservedFile.map(file, SharedFile.HEADER + SIZE, Arena.global());
      Files.delete(file);
      Files.delete(file.getParent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private StressMemory() {}

  /// {@return an array as both processes have it}
  static Longs[] array() {
    long at = (next.getAndIncrement() & (ARRAYS - 1)) * (long) STRIDE;
    SharedFile here = new SharedFile(1, Path.of(""), SIZE, true, Arena.global(), owners);
    SharedFile there = new SharedFile(1, Path.of(""), SIZE, false, Arena.global(), workers);
    Longs[] both = {new Longs(FILES, here, at, STRIDE), new Longs(FILES, there, at, STRIDE)};
    both[0].set(0, 0);
    both[0].set(1, 0);
    return both;
  }

  /// {@return a file of one number as both processes have it; only the worker unmaps it}
  static SharedFile[] file() {
    Arena arena = Arena.ofShared();
    MemorySegment memory = arena.allocate(SharedFile.HEADER + Long.BYTES, 8);
    return new SharedFile[] {
      new SharedFile(1, Path.of(""), Long.BYTES, true, arena, memory),
      new SharedFile(1, Path.of(""), Long.BYTES, false, arena, memory)
    };
  }

  /// {@return the number in such a file}
  static OneLong number(SharedFile file) {
    return new OneLong(FILES, file, 0, Long.BYTES);
  }
}

package dev.tandem.pools.internal.channel;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A file with two lanes and, for a process of its own, the user of both: it takes elements from
/// one, noting each step before and after, and puts numbers into the other, until both are closed.
///
/// ```text
///      0  quota of the elements          256  the step for which it is about to take an element
///    128  quota of the places            512  elements, 8192  steps done, 16384  numbers
/// ```
public final class QuotaUser {
  public static final int PLACES = 256; // a power of 2

  private static final long PLACES_QUOTA = 128;
  private static final long ABOUT_AT = 256;
  private static final long ELEMENTS_AT = 512;
  private static final long DONE_AT = 8192;
  private static final long NUMBERS_AT = 16384;
  private static final long BYTES = NUMBERS_AT + PLACES * 2L * Long.BYTES;
  private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();

  private final MemorySegment memory;
  public final Quota elements;
  public final Quota places;
  private long number; // the next that it puts

  private QuotaUser(MemorySegment memory) {
    this.memory = memory;
    this.elements = new Quota(memory.asSlice(0, Quota.SIZE));
    this.places = new Quota(memory.asSlice(PLACES_QUOTA, Quota.SIZE));
  }

  /// {@return the lanes in a file, created if it is not there}
  public static QuotaUser map(Path file, Arena arena) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return new QuotaUser(channel.map(MapMode.READ_WRITE, 0, BYTES, arena));
    }
  }

  /// @param args the file
  public static void main(String[] args) throws IOException {
    QuotaUser user = map(Path.of(args[0]), Arena.global());
    System.out.println("mapped");
    for (boolean taking = true, putting = true; taking || putting; ) {
      taking = taking && user.take();
      putting = putting && user.put();
    }
    System.out.println("ended");
  }

  private boolean take() {
    int step = elements.used();
    LONG.setVolatile(memory, ABOUT_AT, (long) step);
    int result = elements.use();
    if (result == Quota.USED) {
      setDone(step, element(step));
    }
    return result != Quota.CLOSED;
  }

  private boolean put() {
    boolean closed = places.isClosed(); // before it looks what is left
    if (!places.isLeft()) { // the number that is in this place may not have been read
      return !closed;
    }
    setNumber(places.used(), number);
    int result = places.use(); // which fails if the place is taken back
    if (result == Quota.USED) {
      number++;
    }
    return result != Quota.CLOSED;
  }

  // ---- what both sides read and write

  public void start(int used, int epoch) {
    Quotas.start(memory.asSlice(0, Quota.SIZE), used, epoch);
    Quotas.start(memory.asSlice(PLACES_QUOTA, Quota.SIZE), used, epoch);
    LONG.set(memory, ABOUT_AT, (long) used);
    for (int i = 0; i < PLACES; i++) {
      setDone(used - 1 - i, -1);
    }
  }

  public int about() {
    return (int) (long) LONG.getVolatile(memory, ABOUT_AT);
  }

  private static long at(int step) {
    return (long) (step & (PLACES - 1)) * Long.BYTES;
  }

  public void setElement(int step, long element) {
    LONG.set(memory, ELEMENTS_AT + at(step), element);
  }

  private long element(int step) {
    return (long) LONG.get(memory, ELEMENTS_AT + at(step));
  }

  private void setDone(int step, long element) {
    LONG.set(memory, DONE_AT + 2 * at(step), element);
    LONG.setVolatile(memory, DONE_AT + 2 * at(step) + Long.BYTES, (long) step);
  }

  public boolean isDone(int step) {
    return (int) (long) LONG.getVolatile(memory, DONE_AT + 2 * at(step) + Long.BYTES) == step;
  }

  public long done(int step) {
    return (long) LONG.get(memory, DONE_AT + 2 * at(step));
  }

  private void setNumber(int step, long value) {
    LONG.set(memory, NUMBERS_AT + 2 * at(step), value);
    LONG.set(memory, NUMBERS_AT + 2 * at(step) + Long.BYTES, ~value);
  }

  /// {@return the number in the place of a step; -1 if it is not whole}
  public long number(int step) {
    long value = (long) LONG.get(memory, NUMBERS_AT + 2 * at(step));
    return (long) LONG.get(memory, NUMBERS_AT + 2 * at(step) + Long.BYTES) == ~value ? value : -1;
  }
}

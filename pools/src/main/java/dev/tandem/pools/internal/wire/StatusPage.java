package dev.tandem.pools.internal.wire;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/// Memory that one worker and its pool share, and that is still there when the worker is not.
///
/// ```text
///    0  heartbeat      worker: a count that grows while it lives
///   64  started at     worker: when the task that has a timeout started, of System.nanoTime
///  128  item           worker: how many items of the current chunk it has begun
///  192  reply base     worker: where in the stream of its replies the reply region begins
///  256  reply length   worker: how many bytes of whole frames the region holds
///  320  exit mark      worker: 1 in an orderly exit
///  384  abandoned      pool: the chunk that is to end before its next item
/// 4096  slots          both: who may run a task that was sent
/// 8192  reply region   worker
/// ```
///
/// **Slots.** Task number `s` has the slot `s % 512`, which says `QUEUED`, then, by one
/// compare-and-set, either `STARTED` by the worker or `WITHDRAWN` by the pool. So of a start and a
/// withdrawal exactly one wins, in two processes as in two threads: cache lines do not know whose
/// they are. The number is part of the value, so a late step for an older task of the same slot
/// fails. The pool uses a slot again when it has the answer to the task before.
///
/// **Trust.** A worker that goes wrong may write anything here, a crash of native code above all.
/// The pool never waits for a word to become right, and acts on none that cannot be: what is not
/// provably withdrawn has started, a time outside of the task's life counts as its whole life. It
/// removes the file once the worker has it: a mapped file that somebody truncates ends who touches
/// it.
public final class StatusPage {
  /// How many tasks can be sent and not answered.
  public static final int SLOTS = 512;

  private static final int HEARTBEAT = 0;
  private static final int STARTED_AT = 64;
  private static final int ITEM = 128;
  private static final int REPLY_BASE = 192;
  private static final int REPLY_LENGTH = 256;
  private static final int EXIT_MARK = 320;
  private static final int ABANDONED = 384;
  private static final int FIRST_SLOT = 4096;
  private static final int REGION = FIRST_SLOT + 8 * SLOTS;
  public static final int REGION_SIZE = 1 << 16;
  private static final int SIZE = REGION + REGION_SIZE;

  private static final int QUEUED = 1;
  private static final int STARTED = 2;
  private static final int WITHDRAWN = 3;

  private static final VarHandle LONG =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final ByteBuffer memory;

  private StatusPage(ByteBuffer memory) {
    this.memory = memory;
  }

  /// Creates the file, and maps it.
  ///
  /// @throws IOException if there is no room for it
  public static StatusPage create(Path file) throws IOException {
    ReservedFile.create(file, SIZE, () -> false);
    return open(file, Arena.ofAuto()); // many workers come and go
  }

  /// Maps the file, for as long as this JVM lives.
  public static StatusPage open(Path file) throws IOException {
    return open(file, Arena.global());
  }

  private static StatusPage open(Path file, Arena arena) throws IOException {
    return new StatusPage(ReservedFile.map(file, SIZE, arena).asByteBuffer());
  }

  /// {@return whether the file is as long as a page: whoever touches what it lacks dies of that}
  public static boolean isWhole(Path file) throws IOException {
    return Files.size(file) >= SIZE;
  }

  /// {@return a page in this JVM's own memory, which no worker has}
  public static StatusPage inMemory() {
    return over(ByteBuffer.allocateDirect(SIZE).alignedSlice(8));
  }

  /// {@return a page in this memory, which has room for the parts that are used} For tests.
  static StatusPage over(ByteBuffer memory) {
    return new StatusPage(memory);
  }

  private long get(int at) {
    return (long) LONG.getVolatile(memory, at);
  }

  private void set(int at, long value) {
    LONG.setVolatile(memory, at, value);
  }

  // ---- slots

  private static int slot(int task) {
    return FIRST_SLOT + 8 * (task & (SLOTS - 1));
  }

  private static long word(int task, int state) {
    return ((long) task << 2) | state;
  }

  /// Pool: the task may be started from now on. Before its frame is sent.
  public void queue(int task) {
    LONG.setRelease(memory, slot(task), word(task, QUEUED));
  }

  /// Worker: takes the task.
  ///
  /// @return false if the pool has withdrawn it
  public boolean start(int task) {
    if (!LONG.compareAndSet(memory, slot(task), word(task, QUEUED), word(task, STARTED))) {
      return false;
    }
    // No step of the task may come before the claim is visible: if the worker died in between, the
    // pool would find the task not started and run it again.
    VarHandle.fullFence();
    return true;
  }

  /// Pool: takes the task back.
  ///
  /// @return false if it has started, or was withdrawn before
  public boolean withdraw(int task) {
    return LONG.compareAndSet(memory, slot(task), word(task, QUEUED), word(task, WITHDRAWN));
  }

  /// {@return whether the worker has started the task}
  public boolean hasStarted(int task) {
    return get(slot(task)) == word(task, STARTED);
  }

  /// {@return whether the pool has taken the task back} Of a task that was sent and cannot be taken
  /// back any more, this is the only state in which it has surely not run: whatever else the slot
  /// says, also what no protocol writes there, the task counts as started.
  public boolean isWithdrawn(int task) {
    return get(slot(task)) == word(task, WITHDRAWN);
  }

  // ---- the task that runs

  /// Worker: a task that has a timeout is about to be started. Before it is, so that whoever sees
  /// it started never sees an older time.
  public void startedAt(long nanos) {
    set(STARTED_AT, nanos);
  }

  /// {@return when the last task with a timeout started, in the worker's `System.nanoTime`}
  public long startedAt() {
    return get(STARTED_AT);
  }

  /// Worker: is about to begin an item of a chunk.
  ///
  /// @param count how many it has begun, with this one
  public void beginItem(int count) {
    LONG.setRelease(memory, ITEM, (long) count);
    VarHandle.storeStoreFence(); // before what the item does; nobody races for it
  }

  /// {@return how many items of its chunk it has begun; -1 if the page says what cannot be}
  public int itemsBegun() {
    long begun = get(ITEM);
    return begun < 0 || begun > Integer.MAX_VALUE ? -1 : (int) begun;
  }

  /// Pool: the chunk is to end before its next item.
  public void abandon(int task) {
    long before;
    do {
      before = get(ABANDONED);
      if (task - (int) before <= 0) {
        return; // said late: a later one is abandoned already
      }
    } while (!LONG.compareAndSet(memory, ABANDONED, before, (long) task));
  }

  public boolean isAbandoned(int task) {
    return get(ABANDONED) == task;
  }

  // ---- signs of life

  public void beat() {
    set(HEARTBEAT, get(HEARTBEAT) + 1);
  }

  /// {@return a count that grows while the worker lives}
  public long heartbeat() {
    return get(HEARTBEAT);
  }

  public void markExit() {
    set(EXIT_MARK, 1);
  }

  /// {@return whether the worker has begun an orderly exit, as of `System.exit`}
  public boolean isExitMarked() {
    return get(EXIT_MARK) == 1;
  }

  // ---- the reply region

  /// {@return the region, as a buffer of its own}
  public ByteBuffer region() {
    return memory.slice(REGION, REGION_SIZE);
  }

  /// Worker: the region holds whole frames up to here.
  public void commitReplies(int length) {
    LONG.setRelease(memory, REPLY_LENGTH, (long) length);
  }

  /// Worker: the region was sent and is empty; its next byte is at `base` of the stream. In this
  /// order: a death in between leaves an empty region.
  public void restartReplies(long base) {
    set(REPLY_LENGTH, 0);
    set(REPLY_BASE, base);
  }

  /// {@return the replies that the worker had committed and not sent when it died}
  ///
  /// @param received how many bytes of its stream have arrived
  public byte[] unsentReplies(long received) {
    long base = get(REPLY_BASE); // first: it is written last
    int length = Math.clamp(get(REPLY_LENGTH), 0, REGION_SIZE);
    long from = received - base;
    if (from < 0 || from >= length) {
      return new byte[0];
    }
    byte[] rest = new byte[length - (int) from];
    memory.get(REGION + (int) from, rest);
    return rest;
  }
}

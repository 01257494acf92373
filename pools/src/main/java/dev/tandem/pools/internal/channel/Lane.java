package dev.tandem.pools.internal.channel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/// Memory through which elements of a channel go one way between the pool and one worker.
///
/// ```text
///    0  quota     both      down: elements given and claimed; up: places given and used
///  128  released  reader    how many bytes of the stream may be written over
///  192  bells     both      what the pool wants to be told: set by the pool, cleared as it is told
///  256  mark      both      the pool wants to be told when so many elements are claimed
///  320  waits     both      whether a thread of the worker waits: cleared as it is woken
///  384  done      worker    how many elements it has dealt with
/// 4096  ring      writer    records
/// ```
///
/// **Records.** One process writes them, one reads. The bytes of a record are written before the
/// quota is raised by it, and the quota is read before they are. So a writer that is killed leaves
/// nothing half written behind: what the quota does not count is not there. A record is never
/// split; one that does not fit before the end of the ring begins at its start, behind a header
/// that says so.
///
/// **Bells.** A process that is going to wait first says so in a word, and then looks once more;
/// the other first changes what is looked at, and then reads the word. All four are volatile, so
/// one of them sees the other. The process that finds the word set clears it, and sends a frame
/// over the second connection. A killed process may have cleared a bell without ringing: then the
/// end of its connection rings for it.
final class Lane {
  static final int RING = 1 << 18;
  static final long SIZE = 4096 + RING;

  /// The largest element that goes through a lane; others go through a file.
  static final int LARGEST = RING >> 3;

  /// The most elements or places that a worker is given ahead of what it asks for. What it does not
  /// use can be called back.
  static final int MOST_AHEAD = 1024;

  // bells

  /// Ring for each element that the worker puts.
  static final long PUT = 1;

  /// Ring before a thread of the worker parks.
  static final long PARK = 2;

  /// Ring for each element that the worker has dealt with.
  static final long DONE = 4;

  /// A wait that the first place must end.
  static final int EXACTLY = 2;

  /// A mark that is not reached.
  static final int FAR = 1 << 30;

  private static final long QUOTA_AT = 0;
  private static final long RELEASED_AT = 128;
  private static final long BELLS_AT = 192;
  private static final long MARK_AT = 256;
  private static final long WAITS_AT = 320;
  private static final long DONE_AT = 384;
  private static final long RING_AT = 4096;

  static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();

  final MemorySegment memory;
  final MemorySegment ring;

  /// The bytes of the ring, a power of two.
  final int ringSize;

  final Quota quota;

  // of the worker
  private boolean asks; // it has said that a thread waits, and has not seen an answer to that
  private int answers; // that the pool has given, and no ring was for yet

  /// @param memory of [#SIZE] bytes; of fewer in tests
  Lane(MemorySegment memory) {
    this.memory = memory;
    this.ring = memory.asSlice(RING_AT);
    this.ringSize = (int) ring.byteSize();
    this.quota = new Quota(memory.asSlice(QUOTA_AT, Quota.SIZE));
  }

  private long get(long at) {
    return (long) LONG.getVolatile(memory, at);
  }

  // ---- the ring

  long released() {
    return (long) LONG.getAcquire(memory, RELEASED_AT);
  }

  void release(long to) {
    LONG.setRelease(memory, RELEASED_AT, to);
  }

  // ---- bells; set by the pool

  void want(long bells) {
    if ((get(BELLS_AT) & bells) != bells) {
      var _ = (long) LONG.getAndBitwiseOr(memory, BELLS_AT, bells);
    }
  }

  /// {@return whether the pool is to be told this; once}
  boolean mustRing(long bell) {
    return (get(BELLS_AT) & bell) != 0
        && ((long) LONG.getAndBitwiseAnd(memory, BELLS_AT, ~bell) & bell) != 0;
  }

  int mark() {
    return (int) get(MARK_AT);
  }

  void setMark(int used) {
    LONG.setVolatile(memory, MARK_AT, (long) used);
  }

  // ---- a wait in the worker

  /// @param exact whether the first place must wake it, if it waits for one
  void startWaiting(boolean exact) {
    boolean exactly = exact || get(WAITS_AT) == EXACTLY;
    long before = (long) LONG.getAndSet(memory, WAITS_AT, exactly ? (long) EXACTLY : 1L);
    answers += asks && before == 0 ? 1 : 0;
    asks = true;
  }

  /// {@return whether the pool has answered a wait, for each answer once} The pool has then given
  /// something that another process may wait for, unless a thread here takes it. What the worker
  /// has without having asked, the pool takes back when another asks.
  boolean isAnswered() {
    if (asks && !isWaiting()) {
      answers++;
      asks = false;
    }
    boolean answered = answers > 0;
    answers -= answered ? 1 : 0;
    return answered;
  }

  /// {@return 0 if no thread waits; [#EXACTLY] if the first place must wake it}
  int waits() {
    return (int) get(WAITS_AT);
  }

  boolean isWaiting() {
    return waits() != 0;
  }

  void stopWaiting() {
    LONG.setVolatile(memory, WAITS_AT, 0L);
  }

  // ---- elements that are dealt with

  int done() {
    return (int) get(DONE_AT);
  }

  void addDone() {
    var _ = (long) LONG.getAndAdd(memory, DONE_AT, 1L);
  }
}

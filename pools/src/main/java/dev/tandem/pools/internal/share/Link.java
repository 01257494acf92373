package dev.tandem.pools.internal.share;

import dev.tandem.pools.internal.codec.Encoder;
import dev.tandem.pools.internal.codec.Output;
import dev.tandem.pools.internal.wire.Frame;
import dev.tandem.pools.internal.wire.FrameWriter;
import dev.tandem.pools.internal.wire.SteadyChannel;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// The sending half of the second connection between a worker and its pool, at either end: of what
/// passes between them while a task runs. Thread-safe.
///
/// A frame that is sent waits while the other side does not read. Either side has a thread that
/// only reads; what that thread has to say is posted, and never waits.
public class Link extends FrameWriter implements Closeable {
  /*
   * If a reader waited for room in the socket, or for a thread that does, then two readers could
   * wait for each other, each for what the other does not read: with a large argument and a large
   * result under way, a ring of either side would be enough. So a reader posts, and the thread that has
   * the lock writes what is posted as far as there is room:
   * - A poster adds, then tries the lock. A holder unlocks, then looks at what is posted, and tries
   *   the lock again if it finds any. One of them sees the other, so nothing stays because of a lock.
   * - What there is no room for is in `rest`, and the next holder begins with it. While there is a
   *   rest, and only then, the thread that reads is also woken by room in the socket, and passes it
   *   on; if it finds the lock taken, the holder is about to. This changes under the lock alone.
   */
  private static final int MOST_POSTED = 1 << 16;

  private final SteadyChannel channel;
  private final ReentrantLock lock = new ReentrantLock(); // virtual threads send, too
  private final Queue<ByteBuffer> rest = new ArrayDeque<>(); // guarded by lock, as is the next
  private boolean posting;

  private final Object mailbox = new Object();
  private final Set<Long> rings = new LinkedHashSet<>(); // guarded by mailbox, as is the next
  private final Queue<Output> posted = new ArrayDeque<>();

  public Link(SteadyChannel channel, Encoder encoder) {
    super(channel, encoder);
    this.channel = channel;
  }

  // ---- what may wait

  /// Sends an ended frame, and before it the definitions that the other side lacks.
  public void send(Output frame) throws IOException {
    lock.lock();
    try {
      writeRest();
      putWithDefinitions(frame);
    } finally {
      lock.unlock();
    }
    pass();
  }

  /// Sends a frame without content.
  public void send(int kind) throws IOException {
    lock.lock();
    try {
      writeRest();
      var _ = beginOwn(kind);
      putOwn();
    } finally {
      lock.unlock();
    }
    pass();
  }

  private void writeRest() throws IOException {
    if (!rest.isEmpty()) {
      channel.whenWritable(null);
      for (ByteBuffer next = rest.peek(); next != null; next = rest.peek()) {
        write(next);
        rest.remove();
      }
    }
  }

  // ---- what may not

  /// Tells the other side that something has changed in a channel, and does not wait.
  public void ring(long channel) {
    synchronized (mailbox) {
      if (!rings.add(channel)) {
        return; // the thread that added it passes it on
      }
    }
    pass();
  }

  /// Sends an ended frame as [#send(Output)] does, and does not wait.
  ///
  /// @throws IllegalStateException if the other side reads none of many
  public void post(Output frame) {
    synchronized (mailbox) {
      if (posted.size() == MOST_POSTED) {
        throw new IllegalStateException(MOST_POSTED + " frames wait for the other side to read");
      }
      posted.add(frame);
    }
    pass();
  }

  /// Writes what is posted, as far as there is room, unless a holder of the lock is about to.
  void pass() {
    while (hasPosted() && lock.tryLock()) {
      boolean done = true;
      try {
        done = writePosted();
      } catch (IOException _) {
        clear(); // the other side is gone
      } finally {
        lock.unlock();
      }
      if (!done) {
        return; // the reader goes on
      }
    }
  }

  /// Called by the thread that reads, when there is room for the rest.
  private void passRest() {
    if (lock.tryLock()) {
      try {
        var _ = writePosted();
      } catch (IOException _) {
        clear();
      } finally {
        lock.unlock();
      }
      pass();
    }
  }

  private boolean hasPosted() {
    synchronized (mailbox) {
      return !rings.isEmpty() || !posted.isEmpty();
    }
  }

  private void clear() {
    synchronized (mailbox) {
      rings.clear();
      posted.clear();
    }
  }

  /// {@return whether all is written} The lock is held.
  private boolean writePosted() throws IOException {
    boolean waited = !rest.isEmpty();
    posting = true;
    try {
      do {
        for (ByteBuffer next = rest.peek(); next != null; next = rest.peek()) {
          channel.writeNow(next);
          if (next.hasRemaining()) {
            if (!waited) {
              channel.whenWritable(this::passRest);
            }
            return false;
          }
          rest.remove();
        }
      } while (takePosted());
    } finally {
      posting = false;
    }
    if (waited) {
      channel.whenWritable(null);
    }
    return true;
  }

  /// Makes what is posted first the rest.
  ///
  /// @return false if nothing is posted
  private boolean takePosted() throws IOException {
    long ring = 0;
    Output frame;
    synchronized (mailbox) {
      frame = posted.poll();
      if (frame == null) {
        Iterator<Long> channels = rings.iterator();
        if (!channels.hasNext()) {
          return false;
        }
        ring = channels.next();
        channels.remove();
      }
    }
    if (frame != null) {
      putWithDefinitions(frame);
    } else {
      beginOwn(Frame.RING).putLong(ring);
      putOwn();
    }
    return true;
  }

  // ---- either

  private void putWithDefinitions(Output frame) throws IOException {
    for (int i = 0; i < frame.definitionCount(); i++) {
      define(frame.definition(i));
    }
    put(frame);
  }

  @Override
  protected void put(Output frame) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(frame.array(), 0, frame.length());
    List<ByteBuffer> blobs = frame.blobs();
    if (posting) {
      rest.add(ByteBuffer.allocate(bytes.remaining()).put(bytes).flip()); // `own` is used again
      for (int i = 0; i < blobs.size(); i++) {
        rest.add(blobs.get(i).duplicate());
      }
    } else {
      write(bytes);
      write(blobs);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

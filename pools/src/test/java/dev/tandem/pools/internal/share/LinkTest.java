package dev.tandem.pools.internal.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.pools.internal.codec.Encoder;
import dev.tandem.pools.internal.codec.Output;
import dev.tandem.pools.internal.wire.Frame;
import dev.tandem.pools.internal.wire.FrameInput;
import dev.tandem.pools.internal.wire.FrameWriter;
import dev.tandem.pools.internal.wire.SteadyChannel;
import dev.tandem.pools.internal.wire.Transport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Frames that pass in both directions at once: neither reader waits for the other.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LinkTest {
  /// More than any socket takes at once.
  private static final int LARGE = 16 << 20;

  private static final Executor threads = body -> Thread.ofPlatform().daemon().start(body);

  @TempDir Path directory;

  private Transport transport;
  private SteadyChannel here;
  private SteadyChannel there;

  @BeforeEach
  void connect() throws Exception {
    transport = Transport.listen(directory.resolve("s"), _ -> {});
    var accepted = CompletableFuture.supplyAsync(this::accept, threads);
    here = Transport.connectSteadily(transport.address());
    there = accepted.get();
  }

  private SteadyChannel accept() {
    try {
      return transport.accept();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @AfterEach
  void close() throws IOException {
    here.close();
    there.close();
    transport.close();
  }

  @Test
  void readerRingsWhileLargeFramesPassInBothDirections() throws Exception {
    End left = new End(here);
    End right = new End(there);
    left.sendLarge();
    right.sendLarge();

    // each reader has something to say before it reads on
    left.readAfter(() -> left.link.ring(7));
    right.readAfter(() -> right.link.ring(8));

    assertThat(left.kinds.get()).containsExactly(Frame.RETURN, Frame.RING);
    assertThat(right.kinds.get()).containsExactly(Frame.RETURN, Frame.RING);
  }

  @Test
  void readerRefusesWhileLargeFramesPassInBothDirections() throws Exception {
    End left = new End(here);
    End right = new End(there);
    left.sendLarge();
    right.sendLarge();

    left.readAfter(() -> left.link.post(frame(Frame.THROW, 100)));
    right.readAfter(() -> right.link.post(frame(Frame.THROW, 100)));

    assertThat(left.kinds.get()).containsExactly(Frame.RETURN, Frame.THROW);
    assertThat(right.kinds.get()).containsExactly(Frame.RETURN, Frame.THROW);
  }

  /// No sender holds the lock here, so it is the reader that finishes.
  @Test
  void whatFindsNoRoomIsSentByTheReaderWhenThereIsRoom() throws Exception {
    End left = new End(here);
    End right = new End(there);
    int frames = 200;
    int size = 100_000; // in all more than any socket takes
    for (int i = 0; i < frames; i++) {
      left.link.post(frame(Frame.THROW, size));
    }
    left.link.ring(7);
    left.link.ring(7); // once is enough
    left.link.ring(8);

    left.expected = 1; // it waits in its socket
    left.readAfter(() -> {});
    right.expected = frames + 2;
    right.readAfter(() -> {});

    List<Integer> kinds = right.kinds.get();
    assertThat(kinds.subList(0, frames)).containsOnly(Frame.THROW);
    assertThat(kinds.subList(frames, frames + 2)).containsOnly(Frame.RING);
    right.link.ring(9);
    assertThat(left.kinds.get()).containsExactly(Frame.RING);
  }

  /// What is sent comes after what was posted, also if that waits for room.
  @Test
  void whatIsSentFinishesFirstWhatWasPosted() throws Exception {
    End left = new End(here);
    End right = new End(there);
    left.link.post(frame(Frame.THROW, LARGE));
    var sent =
        CompletableFuture.runAsync(
            () -> left.sendFrame(frame(Frame.RETURN, 10)),
            threads); // waits: the other end does not read

    right.readAfter(() -> {});

    assertThat(right.kinds.get()).containsExactly(Frame.THROW, Frame.RETURN);
    sent.get();
  }

  private static Output frame(int kind, int size) {
    Output out = new Output(Integer.MAX_VALUE);
    FrameWriter.begin(out, kind, 1);
    byte[] bytes = new byte[size];
    out.putBytes(bytes, 0, size);
    FrameWriter.end(out);
    return out;
  }

  private static final class End {
    final SteadyChannel channel;
    final Link link;
    final CompletableFuture<List<Integer>> kinds = new CompletableFuture<>();
    int expected = 2;

    End(SteadyChannel channel) {
      this.channel = channel;
      this.link = new Link(channel, new Encoder());
    }

    void sendFrame(Output frame) {
      try {
        link.send(frame);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    /// Sends more than there is room for, in a thread that then waits.
    void sendLarge() {
      Thread sender =
          Thread.ofPlatform().daemon().start(() -> sendFrame(frame(Frame.RETURN, LARGE)));
      await().until(() -> Arrays.toString(sender.getStackTrace()).contains("SteadySocket.await"));
    }

    void readAfter(Runnable first) {
      threads.execute(() -> {
        first.run();
        read();
      });
    }

    private void read() {
      List<Integer> read = new ArrayList<>();
      try {
        FrameInput frames = FrameInput.ofPool(channel);
        frames.allow(Integer.MAX_VALUE);
        while (read.size() < expected) {
          read.add(frames.next());
        }
        kinds.complete(read);
        frames.next(); // as a reader does: it also sends what waits
      } catch (Exception e) {
        kinds.completeExceptionally(e);
      }
    }
  }
}

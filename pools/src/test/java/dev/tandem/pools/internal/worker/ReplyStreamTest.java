package dev.tandem.pools.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.pools.internal.codec.Encoder;
import dev.tandem.pools.internal.codec.Output;
import dev.tandem.pools.internal.wire.StatusPage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Wherever a worker stops, what has arrived from it and what its pool finds in its status page are
/// together the beginning of what it has replied, and contain every reply that it was done with.
class ReplyStreamTest {
  private static final long HELLO = 100; // bytes of the connection before the first reply
  private static final byte[] BLOB = random(20_000);

  private final Encoder encoder = new Encoder();

  @Test
  void nothingCommittedIsLostWhereverTheWriterStops() throws Exception {
    List<Step> program = program(new Random(5));
    Worker whole = new Worker(Integer.MAX_VALUE, new Random(1));
    whole.run(program);
    byte[] stream = whole.recovered();
    int end = stream.length;
    assertThat(whole.committed).isEqualTo(end);
    int cuts = 0;
    for (int cut = 0; cut <= end; cut += whole.isNearABoundary(cut) ? 1 : 61) {
      Worker worker = new Worker(cut, new Random(cut));
      worker.run(program);
      worker.check(stream);
      cuts++;
    }
    assertThat(cuts).isGreaterThan(2_000);
  }

  @Test
  void tickerBesideTheMainThreadKeepsBytesInOrderAndSendsEachOnce() throws Exception {
    for (int round = 0; round < 60; round++) {
      Random random = new Random(round);
      List<Step> program = program(random);
      Worker whole = new Worker(Integer.MAX_VALUE, new Random(1));
      whole.run(program);
      byte[] stream = whole.recovered();
      int cut = random.nextInt(3) == 0 ? Integer.MAX_VALUE : random.nextInt(stream.length);
      Worker worker = new Worker(cut, random);
      worker.runBesideATicker(program);
      worker.check(stream);
    }
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  /// Replies of all kinds: small ones, some that fill the region, some that go past it.
  private List<Step> program(Random random) throws NotSerializableException {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      int size =
          switch (random.nextInt(40)) {
            case 0 -> 10_000 + random.nextInt(20_000);
            case 1 -> 33_000;
            default -> random.nextInt(400);
          };
      Output frame = new Output();
      if (random.nextInt(40) == 0) {
        encoder.encode(BLOB, frame);
      }
      byte[] content = new byte[size];
      random.nextBytes(content);
      frame.putBytes(content, 0, size);
      steps.add(new Step(frame, random.nextInt(10) == 0, random.nextInt(4) == 0));
    }
    return steps;
  }

  private record Step(Output frame, boolean flush, boolean tick) {
    int length() {
      return (int) (frame.length() + frame.blobBytes());
    }
  }

  /// One whose connection takes so many bytes, in pieces of any size, before it dies.
  private final class Worker implements WritableByteChannel {
    private final StatusPage page = StatusPage.inMemory();
    private final ReplyStream replies = new ReplyStream(page, this, encoder, HELLO);
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final List<Integer> boundaries = new ArrayList<>();
    private final SplittableRandom pieces;
    private final int end;
    private volatile boolean dead;
    private int committed;

    Worker(int end, Random random) {
      this.end = end;
      this.pieces = new SplittableRandom(random.nextLong());
    }

    void run(List<Step> program) {
      try {
        for (Step step : program) {
          if (step.tick) {
            replies.sendBeside();
          }
          add(step);
        }
        replies.flush();
      } catch (IOException e) {
        // dead
      }
    }

    private void add(Step step) throws IOException {
      replies.add(step.frame);
      committed += step.length();
      boundaries.add(committed);
      if (step.flush) {
        replies.flush();
      }
    }

    void runBesideATicker(List<Step> program) throws InterruptedException {
      Thread ticker =
          Thread.ofPlatform()
              .start(() -> {
                try {
                  while (!dead) {
                    replies.sendBeside();
                  }
                } catch (IOException e) {
                  // dead
                }
              });
      run(program);
      dead = true;
      ticker.join();
    }

    boolean isNearABoundary(int at) {
      return boundaries.stream().anyMatch(boundary -> Math.abs(boundary - at) <= 8);
    }

    byte[] recovered() {
      byte[] rest = page.unsentReplies(HELLO + received.size());
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.writeBytes(received.toByteArray());
      all.writeBytes(rest);
      return all.toByteArray();
    }

    void check(byte[] stream) {
      byte[] all = recovered();
      String what = "of %d bytes sent, %d committed".formatted(received.size(), committed);
      assertThat(all.length).as(what).isBetween(committed, stream.length);
      assertThat(all).as(what).isEqualTo(java.util.Arrays.copyOf(stream, all.length));
    }

    @Override
    public synchronized int write(ByteBuffer bytes) throws IOException {
      int room = end - received.size();
      if (room == 0) {
        dead = true;
      }
      if (dead) {
        throw new IOException("dead");
      }
      int n = Math.min(room, 1 + pieces.nextInt(bytes.remaining()));
      byte[] piece = new byte[n];
      bytes.get(piece);
      received.writeBytes(piece);
      return n;
    }

    @Override
    public boolean isOpen() {
      return !dead;
    }

    @Override
    public void close() {
      dead = true;
    }
  }
}

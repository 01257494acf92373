package dev.tandem.pools.internal.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// A reader copies a piece out and makes room, while the writer looks for room for the next.
@JCStressTest
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "There was no room yet.")
@Outcome(id = "1, 4", expect = Expect.ACCEPTABLE, desc = "There was, and the old piece was read.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The new piece was read for the old one.")
@State
public class PieceAgainstRoom {
  private final ByteBuffer memory = StressPage.ring();
  private final BlobRing writer = BlobRing.over(memory, 4, 4);
  private final BlobRing reader = BlobRing.over(memory, 4, 4);

  public PieceAgainstRoom() {
    writer.put(piece(1));
  }

  private static ByteBuffer piece(int value) {
    byte b = (byte) value;
    return ByteBuffer.wrap(new byte[] {b, b, b, b});
  }

  @Actor
  public void reader(II_Result r) {
    byte[] target = new byte[4];
    try {
      reader.get(target, 0, 4);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    r.r1 = Math.max(Math.max(target[0], target[1]), Math.max(target[2], target[3]));
  }

  @Actor
  public void writer(II_Result r) {
    r.r2 = writer.put(piece(2));
  }
}

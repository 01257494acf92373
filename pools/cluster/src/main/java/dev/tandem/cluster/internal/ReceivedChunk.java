package dev.tandem.cluster.internal;

import static java.util.Objects.requireNonNull;

import dev.tandem.cluster.internal.RunningBodies.Running;
import dev.tandem.pools.internal.codec.Decoder;
import dev.tandem.pools.internal.codec.DecodingException;
import dev.tandem.pools.internal.codec.Input;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A part of a map on the member that works on it: a function and its inputs.
///
/// @param goesOn whether the inputs after a failure are worked on, too
/// @param inputs each an input, or the [DecodingException] for one that cannot be accepted
record ReceivedChunk(
    boolean goesOn, @Nullable Object context, Object function, List<Object> inputs) {
  static ReceivedChunk read(Decoder decoder, Input in) throws DecodingException {
    boolean goesOn = (in.getByte() & Wire.GOES_ON) != 0;
    Object context = decoder.decode(in);
    Object function = decoder.decode(in);
    if (function == null) {
      throw new DecodingException("broken message: a map without a function");
    }
    int count = in.getInt();
    List<Object> inputs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int length = in.getInt();
      int end = in.remaining() - length;
      try {
        inputs.add(requireNonNull(decoder.decode(in)));
      } catch (DecodingException e) {
        inputs.add(e);
      }
      in.skip(in.remaining() - end);
    }
    return new ReceivedChunk(goesOn, context, function, inputs);
  }

  /// {@return the reply} It has an outcome for each input, up to the first failure if that ends the
  /// map.
  byte[] run(MemberHost host, Running running, Reply reply) {
    long start = System.nanoTime();
    int head = reply.out.length();
    reply.out.putInt(0);
    reply.out.putLong(0);
    int done = 0;
    boolean ok = true;
    while (done < inputs.size() && (ok || goesOn) && !running.isStopped()) {
      int at = reply.out.length();
      reply.out.putInt(0);
      ok = runOne(host, inputs.get(done), reply);
      reply.out.setInt(at, reply.out.length() - at - Integer.BYTES);
      done++;
    }
    reply.out.setInt(head, done);
    reply.out.setLong(head + Integer.BYTES, System.nanoTime() - start);
    return reply.sealed(Wire.OUTCOMES);
  }

  private boolean runOne(MemberHost host, Object input, Reply reply) {
    if (input instanceof DecodingException refused) {
      reply.putUndecodable(refused);
      return false;
    }
    Object result;
    try {
      result = host.run(new Item(context, function, input));
    } catch (Throwable e) {
      reply.putFailure(e);
      return false;
    }
    reply.putResult(result);
    return true;
  }
}

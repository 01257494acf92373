package dev.tandem.pools.internal.share;

import dev.tandem.pools.internal.codec.Decoder;
import dev.tandem.pools.internal.codec.DecodingException;
import dev.tandem.pools.internal.codec.HandleOpener;
import dev.tandem.pools.internal.codec.Input;

/// The opener of all kinds of handles in one process.
///
/// @param memory opens segments and numbers in shared memory
/// @param remote opens remote objects
public record Openers(HandleOpener memory, HandleOpener remote) implements HandleOpener {
  @Override
  public Object open(int kind, Input in, Decoder decoder) throws DecodingException {
    return (kind == RemoteObject.KIND ? remote : memory).open(kind, in, decoder);
  }
}

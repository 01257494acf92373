package dev.tandem.pools.internal.share;

import dev.tandem.pools.internal.codec.Decoder;
import dev.tandem.pools.internal.codec.DecodingException;
import dev.tandem.pools.internal.codec.HandleOpener;
import dev.tandem.pools.internal.codec.Input;

/// The opener of all kinds of handles in one process.
public final class Openers implements HandleOpener {
  /// The kind of the handle of a channel.
  public static final int CHANNEL = 32;

  private final HandleOpener memory;
  private final HandleOpener remote;
  private HandleOpener channels = HandleOpener.NONE;

  /// @param memory opens segments and numbers in shared memory
  /// @param remote opens remote objects
  public Openers(HandleOpener memory, HandleOpener remote) {
    this.memory = memory;
    this.remote = remote;
  }

  /// Sets what opens channels, whose elements may have handles, too. Before the first is decoded.
  public void setChannels(HandleOpener opener) {
    channels = opener;
  }

  @Override
  public Object open(int kind, Input in, Decoder decoder) throws DecodingException {
    HandleOpener opener =
        switch (kind) {
          case CHANNEL -> channels;
          case RemoteObject.KIND -> remote;
          default -> memory;
        };
    return opener.open(kind, in, decoder);
  }
}

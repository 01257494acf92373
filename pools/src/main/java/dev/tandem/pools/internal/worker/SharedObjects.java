package dev.tandem.pools.internal.worker;

import dev.tandem.pools.internal.channel.Coding;
import dev.tandem.pools.internal.channel.WorkerChannels;
import dev.tandem.pools.internal.codec.Decoder;
import dev.tandem.pools.internal.codec.DecodingException;
import dev.tandem.pools.internal.codec.Encoder;
import dev.tandem.pools.internal.codec.HandleOpener;
import dev.tandem.pools.internal.codec.Input;
import dev.tandem.pools.internal.codec.TypeFilter;
import dev.tandem.pools.internal.share.CallClient;
import dev.tandem.pools.internal.share.OpenedFiles;
import dev.tandem.pools.internal.share.Openers;
import org.jspecify.annotations.Nullable;

/// What the tasks of this worker have in common with other processes. Nothing of it is loaded
/// before the first task that has a handle.
final class SharedObjects implements HandleOpener {
  private final SecondConnection.Address address;
  private final Encoder encoder;
  private final TypeFilter filter;
  private final ClassLoader loader;
  private final long maxMessage;
  private volatile @Nullable OpenedFiles files;
  private @Nullable Openers openers; // guarded by this

  SharedObjects(
      SecondConnection.Address address,
      Encoder encoder,
      TypeFilter filter,
      ClassLoader loader,
      long maxMessage) {
    this.address = address;
    this.encoder = encoder;
    this.filter = filter;
    this.loader = loader;
    this.maxMessage = maxMessage;
  }

  @Override
  public Object open(int kind, Input in, Decoder decoder) throws DecodingException {
    return openers().open(kind, in, decoder);
  }

  private synchronized Openers openers() {
    Openers known = openers;
    if (known == null) {
      OpenedFiles opened = new OpenedFiles(encoder);
      SecondConnection second = new SecondConnection(address, encoder, maxMessage);
      CallClient calls = new CallClient(second, encoder, maxMessage);
      known = new Openers(opened, calls);
      Coding coding = new Coding(address.worker, encoder, filter, loader, known, maxMessage);
      WorkerChannels channels = new WorkerChannels(coding, calls);
      known.setChannels(channels);
      second.serve(new Decoder(filter, loader, known), calls, channels);
      files = opened;
      openers = known;
    }
    return known;
  }

  /// Unmaps memory that its owner has closed. Thread: ticker.
  void sweep() {
    OpenedFiles opened = files;
    if (opened != null) {
      opened.sweep();
    }
  }
}

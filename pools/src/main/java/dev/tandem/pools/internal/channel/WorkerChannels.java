package dev.tandem.pools.internal.channel;

import dev.tandem.pools.internal.codec.Decoder;
import dev.tandem.pools.internal.codec.DecodingException;
import dev.tandem.pools.internal.codec.HandleOpener;
import dev.tandem.pools.internal.codec.Input;
import dev.tandem.pools.internal.share.CallClient;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The channels between processes that a worker knows.
public final class WorkerChannels implements HandleOpener {
  private final Coding coding;
  private final CallClient calls;
  private final KnownChannels<WorkerChannel<?>> channels = new KnownChannels<>();
  private @Nullable Control control; // that of the pool; guarded by this

  /// @param calls the way to the pool
  public WorkerChannels(Coding coding, CallClient calls) {
    this.coding = coding;
    this.calls = calls;
  }

  @Override
  public Object open(int kind, Input in, Decoder decoder) throws DecodingException {
    long id = in.getLong();
    long controlId = in.getLong();
    String name = in.getString();
    int capacity = in.getInt();
    boolean redelivers = in.getByte() != 0;
    Path directory = Path.of(in.getString());
    WorkerChannel<?> known = channels.find(id);
    if (known == null) {
      ToPool pool = new ToPool(id, control(controlId));
      WorkerChannel<?> made =
          new WorkerChannel<>(
              id,
              name,
              capacity,
              redelivers,
              pool.control,
              controlId,
              new WorkerChannel.Place(coding.origin(), directory),
              new WorkerSteps(capacity, pool),
              new ParcelCodec(coding, new Spill(directory, coding.origin(), id), redelivers),
              coding.encoder());
      pool.channel = made;
      known = channels.add(id, made);
    }
    return known;
  }

  private synchronized Control control(long id) {
    Control known = control;
    if (known == null) {
      known = calls.control(id, Control.class);
      control = known;
    }
    return known;
  }

  /// What the steps of a channel need the pool for.
  private final class ToPool implements WorkerSteps.Pool {
    private final long id;
    private final Control control;
    private @Nullable WorkerChannel<?> channel; // written before it is known

    ToPool(long id, Control control) {
      this.id = id;
      this.control = control;
    }

    @Override
    public void ring() {
      calls.ring(id);
    }

    @Override
    public @Nullable Throwable closeCause() {
      return control.closeCause(id);
    }

    @Override
    public void leave(boolean down) {
      control.leave(id, coding.origin(), down);
    }

    @Override
    public void listen(boolean listens) {
      WorkerChannel<?> listener = channel;
      if (listens && listener != null) {
        channels.use(id, listener);
      } else {
        channels.letGo(id);
      }
    }
  }

  /// The pool has rung. Thread: the reader of the second connection.
  public void rung(long id) {
    WorkerChannel<?> channel = channels.find(id);
    if (channel != null) {
      channel.steps.rung();
    }
  }

  /// The second connection has ended: threads that wait find that out.
  public void lost(String why) {
    channels.all().forEach(channel -> channel.steps.lanes.lost(why));
  }
}

package dev.tandem.pools.internal.channel;

import dev.tandem.pools.internal.codec.Decoder;
import dev.tandem.pools.internal.codec.DecodingException;
import dev.tandem.pools.internal.codec.HandleOpener;
import dev.tandem.pools.internal.codec.Input;
import dev.tandem.pools.internal.share.CallClient;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The channels between processes that a worker knows.
public final class WorkerChannels implements HandleOpener {
  private final Coding coding;
  private final CallClient calls;
  private final Map<Long, WorkerChannel<?>> channels = new ConcurrentHashMap<>();

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
    WorkerChannel<?> known = channels.get(id);
    if (known == null) {
      Control control = calls.control(controlId, Control.class);
      WorkerChannel<?> made =
          new WorkerChannel<>(
              id,
              name,
              capacity,
              redelivers,
              control,
              controlId,
              new WorkerChannel.Place(coding.origin(), directory),
              new WorkerSteps(capacity, new ToPool(id, control)),
              new ParcelCodec(coding, new Spill(directory, coding.origin(), id), redelivers),
              coding.encoder());
      known = channels.putIfAbsent(id, made);
      known = known == null ? made : known;
    }
    return known;
  }

  /// What the steps of a channel need the pool for.
  private final class ToPool implements WorkerSteps.Pool {
    private final long id;
    private final Control control;

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
      return control.closeCause();
    }

    @Override
    public void leave(boolean down) {
      control.leave(coding.origin(), down);
    }
  }

  /// The pool has rung. Thread: the reader of the second connection.
  public void rung(long id) {
    WorkerChannel<?> channel = channels.get(id);
    if (channel != null) {
      channel.steps.rung();
    }
  }

  /// The second connection has ended: threads that wait find that out.
  public void lost(String why) {
    channels.values().forEach(channel -> channel.steps.lost(why));
  }
}

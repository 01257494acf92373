package dev.tandem.cluster.internal;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializable;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// What asks a member to stop a task: to interrupt it, or not to begin it.
///
/// Hazelcast's own cancellation would do, but it answers at once, so that the end of the body could
/// not be seen.
public final class StopCall
    implements Callable<@Nullable Void>, DataSerializable, HazelcastInstanceAware {
  private @Nullable UUID caller;
  private long attempt;
  private @Nullable HazelcastInstance hazelcast;

  /// Creates an empty one, which Hazelcast fills.
  public StopCall() {}

  StopCall(UUID caller, long attempt) {
    this.caller = caller;
    this.attempt = attempt;
  }

  @Override
  public void setHazelcastInstance(HazelcastInstance instance) {
    hazelcast = instance;
  }

  @Override
  public @Nullable Void call() {
    if (hazelcast != null && caller != null) {
      MemberHost.of(hazelcast).running.stop(new RunningBodies.Key(caller, attempt));
    }
    return null;
  }

  @Override
  public void writeData(ObjectDataOutput out) throws IOException {
    UUID from = caller == null ? new UUID(0, 0) : caller;
    out.writeLong(from.getMostSignificantBits());
    out.writeLong(from.getLeastSignificantBits());
    out.writeLong(attempt);
  }

  @Override
  public void readData(ObjectDataInput in) throws IOException {
    caller = new UUID(in.readLong(), in.readLong());
    attempt = in.readLong();
  }

  @Override
  public String toString() {
    return "the end of a task of Tandem";
  }
}

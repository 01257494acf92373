package dev.tandem.cluster.internal;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializable;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// What asks a member whether it can be reached.
public final class PingCall implements Callable<@Nullable Void>, DataSerializable {
  /// Creates one.
  public PingCall() {}

  @Override
  public @Nullable Void call() {
    return null;
  }

  @Override
  public void writeData(ObjectDataOutput out) {}

  @Override
  public void readData(ObjectDataInput in) {}
}

package dev.tandem.cluster.internal;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializable;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// What Hazelcast sees of a task: bytes that go to a member, and bytes that come back.
public final class RemoteCall
    implements Callable<byte[]>, DataSerializable, HazelcastInstanceAware {
  private byte @Nullable [] request;
  private @Nullable HazelcastInstance hazelcast;

  /// Creates an empty one, which Hazelcast fills.
  public RemoteCall() {}

  RemoteCall(byte[] request) {
    this.request = request;
  }

  @Override
  public void setHazelcastInstance(HazelcastInstance instance) {
    hazelcast = instance;
  }

  @Override
  public byte[] call() throws IOException {
    HazelcastInstance here = hazelcast;
    byte[] bytes = request;
    if (here == null || bytes == null) {
      throw new IllegalStateException("a call that no member has received");
    }
    return MemberHost.of(here).run(bytes);
  }

  @Override
  public void writeData(ObjectDataOutput out) throws IOException {
    out.writeByteArray(request);
  }

  @Override
  public void readData(ObjectDataInput in) throws IOException {
    request = in.readByteArray();
  }

  @Override
  public String toString() {
    return "a task of Tandem";
  }
}

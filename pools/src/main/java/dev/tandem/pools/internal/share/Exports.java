package dev.tandem.pools.internal.share;

import dev.tandem.pools.internal.codec.Decoder;
import dev.tandem.pools.internal.codec.DecodingException;
import dev.tandem.pools.internal.codec.Encoder;
import dev.tandem.pools.internal.codec.HandleOpener;
import dev.tandem.pools.internal.codec.Input;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/// The remote objects of a pool, in the application's JVM. They live as long as the pool.
public final class Exports implements HandleOpener {
  private final Map<Long, ExportedObject> objects = new ConcurrentHashMap<>();
  private final AtomicLong count = new AtomicLong();
  private final ThreadFactory threads;
  private final UnaryOperator<Runnable> duty;
  final Encoder encoder;

  /// @param name the name of the threads of calls
  /// @param encoder that of the pool
  /// @param duty wraps a call, as the pool cannot end meanwhile
  public Exports(String name, Encoder encoder, UnaryOperator<Runnable> duty) {
    this.threads = Thread.ofVirtual().name(name).inheritInheritableThreadLocals(false).factory();
    this.encoder = encoder;
    this.duty = duty;
  }

  /// {@return a thread that runs a call, not started}
  Thread thread(Runnable call) {
    return threads.newThread(duty.apply(call));
  }

  /// {@return a proxy of the object, which workers can call when it is sent to them}
  ///
  /// @param service the interface whose methods can be called
  /// @throws IllegalArgumentException if `service` cannot have such a proxy
  public <S> S export(Class<S> service, S target) {
    if (!service.isInterface() || service.isSealed() || service.isHidden()) {
      throw new IllegalArgumentException(
          "service: %s (expected: an interface that is neither sealed nor hidden)"
              .formatted(service.getName()));
    }
    if (!service.isInstance(target)) {
      throw new IllegalArgumentException(
          "target: of %s (expected: of %s)"
              .formatted(target.getClass().getName(), service.getName()));
    }
    long id = count.incrementAndGet();
    ExportedObject object = new ExportedObject(id, service, target, encoder);
    objects.put(id, object);
    return service.cast(object.proxy);
  }

  /// {@return the number of a new object of the pool's own, which is not sent}
  public <S> long add(Class<S> service, S target) {
    long id = count.incrementAndGet();
    objects.put(id, new ExportedObject(id, service, target, encoder));
    return id;
  }

  /// {@return the object with this number}
  ExportedObject find(long id) throws DecodingException {
    ExportedObject object = objects.get(id);
    if (object == null) {
      throw new DecodingException("there is no remote object " + id);
    }
    return object;
  }

  @Override
  public Object open(int kind, Input in, Decoder decoder) throws DecodingException {
    long id = in.getLong();
    var _ = in.getString();
    return find(id).proxy;
  }
}

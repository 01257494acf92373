package dev.tandem.cluster.internal;

import static java.util.Objects.requireNonNull;

import dev.tandem.core.SerializableCallable;
import dev.tandem.core.SerializableConsumer;
import dev.tandem.core.SerializableFunction;
import dev.tandem.pools.internal.codec.CurrentChunk;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// One input of a map, with all that is needed to work on it, here or in a process.
///
/// @param context what is put around the function; null if there is none
/// @param function a [SerializableFunction] or a [SerializableConsumer]
record Item(@Nullable Object context, Object function, Object input)
    implements SerializableCallable<@Nullable Object> {
  @Override
  public @Nullable Object call() throws Exception {
    if (context == null) {
      return apply();
    }
    var result = new @Nullable Object[] {this};
    CurrentChunk.set(() -> result[0] = apply());
    try {
      var _ = ((Callable<?>) context).call();
    } finally {
      CurrentChunk.set(null);
    }
    if (result[0] == this) {
      throw new IllegalStateException("the context of the map did not call what it was put around");
    }
    return result[0];
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // the caller's side has checked their types
  private @Nullable Object apply() throws Exception {
    if (function instanceof SerializableFunction<?, ?> f) {
      return ((SerializableFunction<Object, @Nullable Object>) f).apply(input);
    }
    ((SerializableConsumer<Object>) requireNonNull(function)).accept(input);
    return null;
  }
}

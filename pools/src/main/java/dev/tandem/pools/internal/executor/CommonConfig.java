package dev.tandem.pools.internal.executor;

import dev.tandem.core.ContextPropagator;
import dev.tandem.core.ExecutorConfig;
import dev.tandem.core.Saturation;
import dev.tandem.core.TaskListener;
import java.time.Duration;

/// The part of a configuration that all executors have in common, over its [CommonOptions].
///
/// @param <C> the configuration that users see
public interface CommonConfig<C extends ExecutorConfig<C>> extends ExecutorConfig<C> {
  /// {@return the values of this part}
  CommonOptions common();

  /// {@return a copy of the whole with other values of this part}
  C with(CommonOptions changed);

  @Override
  default C withName(String name) {
    return with(common().withName(name));
  }

  @Override
  default C withQueue(int capacity, Saturation whenFull) {
    return with(common().withQueue(capacity, whenFull));
  }

  @Override
  default C withTimeout(Duration duration) {
    return with(common().withTimeout(duration));
  }

  @Override
  default C withGrace(Duration duration) {
    return with(common().withGrace(duration));
  }

  @Override
  default C withCloseTimeout(Duration duration) {
    return with(common().withCloseTimeout(duration));
  }

  @Override
  default C withContext(ContextPropagator... propagators) {
    return with(common().withContext(propagators));
  }

  @Override
  default C withListener(TaskListener listener) {
    return with(common().withListener(listener));
  }
}

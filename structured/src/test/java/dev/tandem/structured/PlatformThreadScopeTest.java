package dev.tandem.structured;

import dev.tandem.structured.TaskScope.Config;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Children on platform threads of a factory.
@ParameterizedClass
@EnumSource(Owner.class)
class PlatformThreadScopeTest extends TaskScopeContract {
  PlatformThreadScopeTest(Owner owner) {
    super(owner);
  }

  @Override
  public Config children(Config cf) {
    return cf.withThreadFactory(Thread.ofPlatform().daemon().factory());
  }

  @Override
  public int atOnce() {
    return Integer.MAX_VALUE;
  }
}

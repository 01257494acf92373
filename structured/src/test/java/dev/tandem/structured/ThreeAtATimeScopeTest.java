package dev.tandem.structured;

import dev.tandem.structured.TaskScope.Config;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Three children at a time.
@ParameterizedClass
@EnumSource(Owner.class)
class ThreeAtATimeScopeTest extends TaskScopeContract {
  ThreeAtATimeScopeTest(Owner owner) {
    super(owner);
  }

  @Override
  public Config children(Config cf) {
    return cf.withConcurrency(3);
  }

  @Override
  public int atOnce() {
    return 3;
  }
}

package dev.tandem.structured;

import dev.tandem.structured.TaskScope.Config;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// One child at a time, the others start when it ends.
@ParameterizedClass
@EnumSource(Owner.class)
class OneAtATimeScopeTest extends TaskScopeContract {
  OneAtATimeScopeTest(Owner owner) {
    super(owner);
  }

  @Override
  public Config children(Config cf) {
    return cf.withConcurrency(1);
  }

  @Override
  public int atOnce() {
    return 1;
  }
}

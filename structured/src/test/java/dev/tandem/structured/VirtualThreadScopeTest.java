package dev.tandem.structured;

import dev.tandem.structured.TaskScope.Config;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Children on new virtual threads, the default.
@ParameterizedClass
@EnumSource(Owner.class)
class VirtualThreadScopeTest extends TaskScopeContract {
  VirtualThreadScopeTest(Owner owner) {
    super(owner);
  }

  @Override
  public Config children(Config cf) {
    return cf;
  }

  @Override
  public int atOnce() {
    return Integer.MAX_VALUE;
  }
}

package dev.tandem.structured;

import dev.tandem.testing.NothingLeft;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Every contract of a [TaskScope]; one subclass for each place where children can run, each over
/// every kind of owner. After each test no scope of it may be live.
@ExtendWith(OwnerExtension.class)
abstract class TaskScopeContract
    implements ForkContract,
        FailedStartContract,
        JoinContract,
        HandleContract,
        FailureContract,
        CancelContract,
        TimeoutContract,
        InterruptContract,
        CloseContract,
        JoinerContract,
        AnyJoinerContract,
        CustomJoinerContract,
        WrappedJoinerContract,
        ContextContract {
  @RegisterExtension final NothingLeft scopes = new NothingLeft(TaskScope::dump);
  private final Owner owner;

  TaskScopeContract(Owner owner) {
    this.owner = owner;
  }

  @Override
  public final Owner owner() {
    return owner;
  }
}

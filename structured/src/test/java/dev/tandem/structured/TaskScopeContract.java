package dev.tandem.structured;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

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
  private final Owner owner;

  TaskScopeContract(Owner owner) {
    this.owner = owner;
  }

  @Override
  public final Owner owner() {
    return owner;
  }

  @AfterEach
  void noScopeIsLive() {
    assertThat(TaskScope.dump()).startsWith("Tandem: 0 live scope trees");
  }
}

package dev.tandem.pools.internal.executor;

import dev.tandem.pools.internal.LincheckBase;
import dev.tandem.pools.internal.thread.Hosts;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;

/// A failure is read or settled, never both, by one of those who try, and then not registered.
public class UnreadFailureLincheckTest extends LincheckBase {
  // not a hash set: under the model checker, an object changes its hash after the constructor
  private final Set<UnreadFailure> registry = new CopyOnWriteArraySet<>();
  // a stopping host: so that those which Lincheck makes and drops give a line in the log, no stack
  private final AcceptedTask<Integer> future = Hosts.stoppingTask();
  private final UnreadFailure failure =
      UnreadFailure.register(future, new IllegalStateException("for the test"), registry);

  @Operation
  public boolean read() {
    return failure.read();
  }

  @Operation
  public boolean settle() {
    return failure.settle();
  }

  @Validate
  public void isSettledInTheEnd() {
    failure.read(); // else it would be logged
    check("nobody waits for a reader any more", registry.isEmpty());
  }
}

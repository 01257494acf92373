package dev.tandem.pools.internal.channel;

import dev.tandem.pools.internal.LincheckBase;
import dev.tandem.testing.LincheckRun;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/// One thread gives, takes back and closes, the other uses: the results are those of operations
/// that happen one after the other. The user knows a limit from before.
public class QuotaLincheckTest extends LincheckBase {
  private final Quota giver;
  private final Quota user;

  public QuotaLincheckTest() {
    var memory = Quotas.memory(-2, Quotas.LAST_EPOCH); // so all wrap around
    giver = new Quota(memory);
    user = new Quota(memory);
    giver.give(3);
    var _ = user.use();
  }

  @Test
  void holdsInProgramsWrittenForBugs() {
    plan()
        .withInvocations(2_000)
        .modelChecks(
            "use | takeBack",
            "use use | takeBackAllButOne used",
            "use use use | takeBack give",
            "use use use | give close takeBack",
            "use use use | give close");
  }

  @Override
  protected LincheckRun plan() { // its accesses to memory are unknown to Lincheck
    return super.plan().withSteps(Quota.class, "word", "change", "limit", "setLimit");
  }

  @Operation(nonParallelGroup = "user")
  public int use() {
    return user.use();
  }

  @Operation(nonParallelGroup = "giver")
  public void give() {
    giver.give(1);
  }

  @Operation(nonParallelGroup = "giver")
  public int takeBack() {
    return giver.takeBack(0);
  }

  @Operation(nonParallelGroup = "giver")
  public int takeBackAllButOne() {
    return giver.takeBack(1);
  }

  @Operation(nonParallelGroup = "giver")
  public void close() {
    giver.close();
  }

  @Operation(nonParallelGroup = "giver")
  public int used() {
    return giver.used();
  }
}

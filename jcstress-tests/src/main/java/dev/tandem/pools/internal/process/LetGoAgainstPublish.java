package dev.tandem.pools.internal.process;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZZ_Result;

/// Hypothesis: results that come while an unordered consumer lets a part go are not forgotten: it
/// has seen them, or one of the two puts the part back, and only one.
///
/// Results: did the consumer see them before it let go, does it put the part back, does the reader.
///
/// Verdict: holds. If it does not look again, it does not: see [LetGoAgainstPublishWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m default -t
/// LetGoAgainstPublish$"`
@JCStressTest
@Outcome(id = "true, false, false", expect = Expect.ACCEPTABLE, desc = "Seen, and kept.")
@Outcome(id = "false, true, false", expect = Expect.ACCEPTABLE, desc = "Seen after letting go.")
@Outcome(
    id = "false, false, true",
    expect = Expect.ACCEPTABLE,
    desc = "The reader has put it back.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Forgotten, or there twice.")
@State
public class LetGoAgainstPublish {
  private final Delivery delivery = new Delivery();

  public LetGoAgainstPublish() {
    delivery.publish(1);
    delivery.reach(); // the consumer has the part, and has taken the first result
  }

  @Actor
  public void consumer(ZZZ_Result r) {
    r.r1 = delivery.ready() > 1;
    if (!r.r1) {
      r.r2 = delivery.letGo(1);
    }
  }

  @Actor
  public void reader(ZZZ_Result r) {
    delivery.publish(2);
    r.r3 = delivery.reach();
  }
}

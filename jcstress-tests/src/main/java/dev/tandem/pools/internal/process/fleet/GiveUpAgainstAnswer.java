package dev.tandem.pools.internal.process.fleet;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/// Hypothesis: a reader that has decoded an answer while another thread gives it up settles the job
/// or leaves it alone, and the other does the opposite: the job has one outcome and is gone once.
/// The reaper also finds all that the reader had written before.
///
/// Result: ten times the outcomes, plus how often it was gone; a hundred more if the reaper has
/// found an old counter.
///
/// Verdict: holds. With a look and a write at the end of decoding it does not: see
/// [GiveUpAgainstAnswerWeakened].
///
/// Run: `mvn -Pjcstress verify -pl jcstress-tests -am -DskipTests -Djcstress.args="-m default -t
/// GiveUpAgainstAnswer$"`
@JCStressTest
@Outcome(id = "11", expect = Expect.ACCEPTABLE, desc = "One outcome, and it is gone once.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Two outcomes or none, or not gone once.")
@State
public class GiveUpAgainstAnswer {
  private final ReaderState reading = new ReaderState();
  private int delivered; // as of a map's part: plain
  private int outcomes;
  private int gone;
  private int old;

  @Actor
  public void reader() {
    delivered = 1;
    reading.begin();
    if (reading.end()) {
      outcomes++;
      gone++;
    }
  }

  @Actor
  public void reaper() {
    if (reading.giveUp()) {
      old = delivered == 1 ? 0 : 100;
      outcomes++;
      gone++;
    }
  }

  @Arbiter
  public void arbiter(I_Result r) {
    r.r1 = 10 * outcomes + gone + old;
  }
}

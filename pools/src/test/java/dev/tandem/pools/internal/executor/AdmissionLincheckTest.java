package dev.tandem.pools.internal.executor;

import dev.tandem.core.Saturation;
import dev.tandem.pools.internal.LincheckBase;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;

/// A bounded queue has as many permits at the end as at the beginning, and may be closed by many.
public class AdmissionLincheckTest extends LincheckBase {
  private static final int PERMITS = 2;

  private final Admission admission = new Admission("alone", 1, 1, Saturation.REJECT, () -> false);
  private final AtomicInteger held = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final AtomicBoolean closed = new AtomicBoolean();

  @Operation
  public void acquire() {
    if (admission.tryAcquire()) {
      most.accumulateAndGet(held.incrementAndGet(), Math::max);
    }
  }

  @Operation
  public void release() {
    if (held.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
      admission.release();
    }
  }

  @Operation
  public void close() {
    closed.set(true);
    admission.close();
  }

  @Override
  protected boolean verifiedByInvariantsOnly() {
    return true; // a permit is counted here after it was taken
  }

  @Validate
  public void noPermitIsLostOrMadeUp() {
    if (closed.get()) {
      return; // there are permits for all who wait, however many
    }
    check("no more permits than there are", most.get() <= PERMITS);
    while (held.get() > 0) {
      release();
    }
    for (int i = 0; i < PERMITS; i++) {
      check("room for as many as at first", admission.tryAcquire());
    }
    check("and for no more", !admission.tryAcquire());
  }
}

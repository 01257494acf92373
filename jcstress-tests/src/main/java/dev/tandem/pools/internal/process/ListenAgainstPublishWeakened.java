package dev.tandem.pools.internal.process;

import com.google.common.util.concurrent.MoreExecutors;
import com.google.common.util.concurrent.SettableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// [ListenAgainstPublish] with a plain future. FAILS, and is meant to: its completer runs the
/// listener.
///
/// Not part of the default run: `-Djcstress.args="-m quick -t ListenAgainstPublishWeakened"`
@JCStressTest
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE)
@Outcome(expect = Expect.FORBIDDEN, desc = "On the reader's thread.")
@State
public class ListenAgainstPublishWeakened {
  private final SettableFuture<Integer> future = SettableFuture.create();
  private final AtomicInteger ran = new AtomicInteger();
  private final AtomicInteger onReader = new AtomicInteger();
  private volatile Thread reader;

  @Actor
  public void reader() {
    reader = Thread.currentThread();
    future.set(1);
    reader = null;
  }

  @Actor
  public void user() {
    future.addListener(this::listener, MoreExecutors.directExecutor());
  }

  private void listener() {
    ran.incrementAndGet();
    if (Thread.currentThread() == reader) {
      onReader.incrementAndGet();
    }
  }

  @Arbiter
  public void arbiter(II_Result r) {
    r.r1 = ran.get();
    r.r2 = onReader.get();
  }
}

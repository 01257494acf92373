package dev.tandem;

import com.google.common.util.concurrent.Uninterruptibles;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/// A channel whose close blocks: so `interrupt` of the thread that waits in it does, in whatever
/// thread it is called.
final class SlowChannel extends AbstractInterruptibleChannel implements Callable<String> {
  private final CountDownLatch started = new CountDownLatch(1);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);

  @Override
  public String call() throws AsynchronousCloseException {
    try {
      begin();
      started.countDown();
      Uninterruptibles.awaitUninterruptibly(release);
    } finally {
      end(false);
    }
    return "released";
  }

  @Override
  protected void implCloseChannel() {
    closing.countDown();
    Uninterruptibles.awaitUninterruptibly(release);
  }

  void awaitStarted() {
    Uninterruptibles.awaitUninterruptibly(started);
  }

  /// Waits until an interrupt blocks.
  void awaitClosing() {
    Uninterruptibles.awaitUninterruptibly(closing);
  }

  void release() {
    release.countDown();
  }
}

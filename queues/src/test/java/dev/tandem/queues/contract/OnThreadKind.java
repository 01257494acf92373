package dev.tandem.queues.contract;

import java.lang.reflect.Method;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/// Runs each test of a [ChannelContract] on a thread of the kind that it is about, so that what the
/// test itself puts and takes is done by such a thread, too.
final class OnThreadKind implements InvocationInterceptor {
  @Override
  public void interceptTestMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> invocationContext,
      ExtensionContext extensionContext)
      throws Throwable {
    ChannelContract test = (ChannelContract) extensionContext.getRequiredTestInstance();
    FutureTask<Void> run =
        new FutureTask<>(() -> {
          try {
            return invocation.proceed();
          } catch (Exception | Error e) {
            throw e;
          } catch (Throwable e) {
            throw new AssertionError(e);
          }
        });
    Thread thread = test.threads.newThread(run);
    thread.start();
    try {
      run.get();
      thread.join();
    } catch (ExecutionException e) {
      throw e.getCause();
    } catch (InterruptedException e) {
      // the test's time is over
      thread.interrupt();
      throw e;
    }
  }
}

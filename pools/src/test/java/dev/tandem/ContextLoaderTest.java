package dev.tandem;

import static dev.tandem.testing.Caller.soon;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.ListenableFuture;
import dev.tandem.core.TaskExecutor;
import dev.tandem.core.TaskInfo;
import dev.tandem.core.TaskListener;
import dev.tandem.core.internal.TaskTimer;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Whose context class loader the threads of executors have.
class ContextLoaderTest {
  private final ClassLoader before = Thread.currentThread().getContextClassLoader();
  private final URLClassLoader makers = new URLClassLoader("maker", new URL[0], before);
  private final URLClassLoader submitters = new URLClassLoader("submitter", new URL[0], before);

  /// In the thread of the test, which need not be that of what comes before it.
  private void make() {
    Thread.currentThread().setContextClassLoader(makers);
  }

  @AfterEach
  void restore() throws Exception {
    Thread.currentThread().setContextClassLoader(before);
    makers.close();
    submitters.close();
  }

  @Test
  void threadsOfAPoolHaveThatOfItsMaker() throws Exception {
    make();
    try (TaskExecutor pool = Tandem.newThreadPool(2)) {
      Thread.currentThread().setContextClassLoader(submitters);
      for (int i = 0; i < 4; i++) {
        assertThat(soon(pool.submit(ContextLoaderTest::here))).isSameAs(makers);
      }
    }
  }

  @Test
  void virtualThreadsHaveThatOfTheSubmitter() throws Exception {
    make();
    try (TaskExecutor executor = Tandem.newVirtualThreadExecutor()) {
      assertThat(soon(executor.submit(ContextLoaderTest::here))).isSameAs(makers);
      Thread.currentThread().setContextClassLoader(submitters);
      assertThat(soon(executor.submit(ContextLoaderTest::here))).isSameAs(submitters);
    }
  }

  @Test
  void virtualThreadsThatHadToWaitHaveThatOfTheSubmitter() throws Exception {
    make();
    CountDownLatch release = new CountDownLatch(1);
    try (TaskExecutor executor = Tandem.newVirtualThreadExecutor(cf -> cf.withConcurrency(1))) {
      try {
        ListenableFuture<?> first = executor.submit(() -> release.await());
        ListenableFuture<ClassLoader> ofMaker = executor.submit(ContextLoaderTest::here);
        Thread.currentThread().setContextClassLoader(submitters);
        ListenableFuture<ClassLoader> ofSubmitter = executor.submit(ContextLoaderTest::here);
        Thread.currentThread().setContextClassLoader(makers);
        ListenableFuture<ClassLoader> last = executor.submit(ContextLoaderTest::here);
        release.countDown();

        soon(first);
        assertThat(soon(ofMaker)).isSameAs(makers);
        assertThat(soon(ofSubmitter)).isSameAs(submitters);
        assertThat(soon(last)).isSameAs(makers);
      } finally {
        release.countDown();
      }
    }
  }

  @Test
  void aThreadThatHadToWaitInheritsNothingOfTheTaskThatMadeRoom() throws Exception {
    InheritableThreadLocal<String> local = new InheritableThreadLocal<>();
    CountDownLatch release = new CountDownLatch(1);
    try (TaskExecutor executor = Tandem.newVirtualThreadExecutor(cf -> cf.withConcurrency(1))) {
      try {
        ListenableFuture<?> first =
            executor.submit(() -> {
              local.set("the first one's");
              release.await();
            });
        ListenableFuture<String> second = executor.submit(() -> "" + local.get());
        release.countDown();

        soon(first);
        assertThat(soon(second)).isEqualTo("null");
      } finally {
        release.countDown();
      }
    }
  }

  @Test
  void whatTheTimerTellsSeesThatOfTheMaker() throws Exception {
    make();
    CompletableFuture<ClassLoader> seen = new CompletableFuture<>();
    CountDownLatch release = new CountDownLatch(1);
    TaskListener listener =
        new TaskListener() {
          @Override
          public void failed(TaskInfo task, Throwable exception) {
            seen.complete(here());
          }
        };
    try (TaskExecutor pool =
        Tandem.newThreadPool(
            1,
            cf ->
                cf.withTimeout(Duration.ofMillis(1))
                    .withGrace(Duration.ofMillis(1))
                    .withListener(listener))) {
      var _ = pool.submit(() -> awaitUninterrupted(release));
      try {
        assertThat(soon(seen)).isSameAs(makers);
      } finally {
        release.countDown();
      }
    }
  }

  @Test
  void sharedThreadsKeepNothing() throws Exception {
    make();
    CompletableFuture<ClassLoader> first = new CompletableFuture<>();
    CompletableFuture<ClassLoader> second = new CompletableFuture<>();

    TaskTimer.handOver(
        makers,
        () -> {
          ClassLoader given = here();
          Thread.currentThread().setContextClassLoader(submitters);
          first.complete(given);
        });
    assertThat(soon(first)).isSameAs(makers);
    TaskTimer.handOver(() -> second.complete(here()));

    assertThat(soon(second)).isSameAs(ClassLoader.getSystemClassLoader());
  }

  private static boolean awaitUninterrupted(CountDownLatch latch) {
    while (true) {
      try {
        latch.await();
        return true;
      } catch (InterruptedException e) {
        // it ignores its timeout
      }
    }
  }

  private static ClassLoader here() {
    return Thread.currentThread().getContextClassLoader();
  }
}

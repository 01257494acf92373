package dev.tandem;

import static dev.tandem.testing.Caller.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.TaskExecutor;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The context class loader of a task's thread.
interface LoaderContract extends ExecutorFixture {
  @Test
  default void aTaskDoesNotSeeTheLoaderThatAnotherHasSet() throws Exception {
    needs(Need.SAME_JVM);
    TaskExecutor executor = create();
    ClassLoader first = soon(executor.submit(LoaderContract::here));
    try (URLClassLoader other = new URLClassLoader(new URL[0])) {
      for (int i = 0; i < 20; i++) {
        soon(executor.submit(() -> set(other)));
        assertThat(soon(executor.submit(LoaderContract::here))).isSameAs(first);
      }
      assertThat(executor.map(List.of(1, 2, 3, 4), i -> swap(other)).toList())
          .allSatisfy(seen -> assertThat(seen).isNotSameAs(other));
      assertThat(soon(executor.submit(LoaderContract::here))).isSameAs(first);
    }
  }

  private static ClassLoader here() {
    return Thread.currentThread().getContextClassLoader();
  }

  private static int set(ClassLoader loader) {
    Thread.currentThread().setContextClassLoader(loader);
    return 1;
  }

  private static ClassLoader swap(ClassLoader loader) {
    ClassLoader before = here();
    set(loader);
    return before;
  }
}

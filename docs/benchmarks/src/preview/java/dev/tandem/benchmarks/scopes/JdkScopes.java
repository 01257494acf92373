package dev.tandem.benchmarks.scopes;

import java.util.concurrent.Callable;
import java.util.concurrent.StructuredTaskScope;

/// The JDK's scopes, of JEP 505.
public final class JdkScopes implements Opener {
  @Override
  public void openToClose(int forks, Callable<Integer> body) throws Exception {
    try (var scope = StructuredTaskScope.<Integer>open()) {
      for (int i = 0; i < forks; i++) {
        scope.fork(body);
      }
      scope.join();
    }
  }
}

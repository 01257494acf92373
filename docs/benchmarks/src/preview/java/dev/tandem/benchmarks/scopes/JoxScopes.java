package dev.tandem.benchmarks.scopes;

import com.softwaremill.jox.structured.Scopes;
import java.util.concurrent.Callable;

/// Jox's scopes, which stand on the JDK's.
public final class JoxScopes implements Opener {
  @Override
  public void openToClose(int forks, Callable<Integer> body) throws Exception {
    Scopes.supervised(scope -> {
      for (int i = 0; i < forks; i++) {
        scope.forkUser(body);
      }
      return null;
    });
  }
}

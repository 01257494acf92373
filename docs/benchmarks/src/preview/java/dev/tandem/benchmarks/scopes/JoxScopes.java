package dev.tandem.benchmarks.scopes;

import com.softwaremill.jox.structured.Scopes;

/// Jox's scopes, which stand on the JDK's.
public final class JoxScopes implements Opener {
  @Override
  public void openToClose(int forks) throws Exception {
    Scopes.supervised(scope -> {
      for (int i = 0; i < forks; i++) {
        scope.forkUser(BODY);
      }
      return null;
    });
  }
}

package dev.tandem.benchmarks.scopes;

import org.openjdk.jmh.annotations.Fork;

/// A scope with two forks, owned by a platform thread.
@Fork(value = 1, jvmArgsAppend = OpenToClose.PREVIEW)
public class TwoForksPlatform extends OpenToClose {
  public TwoForksPlatform() {
    super(2);
  }
}

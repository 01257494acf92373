package dev.tandem.benchmarks.scopes;

import org.openjdk.jmh.annotations.Fork;

/// A scope with a thousand forks, owned by a platform thread.
@Fork(value = 1, jvmArgsAppend = OpenToClose.PREVIEW)
public class ManyForksPlatform extends OpenToClose {
  public ManyForksPlatform() {
    super(1_000);
  }
}

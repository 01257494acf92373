package dev.tandem.benchmarks.scopes;

import org.openjdk.jmh.annotations.Fork;

/// A scope with a thousand forks, owned by a virtual thread.
@Fork(
    value = 1,
    jvmArgsAppend = {OpenToClose.PREVIEW, OpenToClose.VIRTUAL_OWNER})
public class ManyForksVirtual extends OpenToClose {
  public ManyForksVirtual() {
    super(1_000);
  }
}

package dev.tandem.benchmarks.scopes;

import org.openjdk.jmh.annotations.Fork;

/// A scope with two forks, owned by a virtual thread.
@Fork(
    value = 1,
    jvmArgsAppend = {OpenToClose.PREVIEW, OpenToClose.VIRTUAL_OWNER})
public class TwoForksVirtual extends OpenToClose {
  public TwoForksVirtual() {
    super(2);
  }
}

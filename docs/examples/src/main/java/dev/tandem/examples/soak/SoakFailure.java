package dev.tandem.examples.soak;

import java.io.Serial;

/// What a task throws that has to fail.
final class SoakFailure extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  SoakFailure() {
    super("part of the soak", null, false, false);
  }
}

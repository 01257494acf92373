package dev.tandem.examples.boot;

import java.io.Serial;

/// An image that is none, is damaged, or is too large. Thrown in a worker, it arrives as it is in
/// the service.
final class BadImageException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  BadImageException(String message) {
    super(message);
  }
}

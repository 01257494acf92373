package dev.tandem.examples.showcase;

import java.util.concurrent.Callable;

/// One line of the showcase: a piece of work that can be done one step after the other and
/// concurrently, with the same result.
///
/// @param <R> the type of the result; two correct results are equal
/// @param name what the work is, in a few words
/// @param sequential does it one step after the other
/// @param concurrent does it concurrently
/// @param check says in a few words what the result is, or throws if it is wrong
public record Program<R>(
    String name, Callable<R> sequential, Callable<R> concurrent, Check<? super R> check) {
  /// Looks at a result.
  ///
  /// @param <R> the type of the result
  public interface Check<R> {
    /// {@return what the result is, in a few words}
    ///
    /// @param result the result
    /// @throws Exception if it is wrong
    String describe(R result) throws Exception;
  }
}

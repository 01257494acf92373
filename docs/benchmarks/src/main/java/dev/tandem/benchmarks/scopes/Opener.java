package dev.tandem.benchmarks.scopes;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.Callable;

/// A kind of scope: opens one, forks, waits and closes it.
public interface Opener {
  /// What each fork does. Captures nothing, so that the time and the bytes are the scope's alone.
  Callable<Integer> BODY = () -> 1;

  /// Opens a scope, forks a body so many times, waits for all and closes the scope.
  void openToClose(int forks, Callable<Integer> body) throws Exception;

  /// {@return a kind of scope that needs `--enable-preview`}
  ///
  /// By name, because this class and its JVM need not have the flag. The call of an interface with
  /// one implementation costs nothing once it is compiled.
  ///
  /// @param type the simple name of a class in `src/preview`
  static Opener preview(String type) {
    try {
      return (Opener)
          Class.forName(Opener.class.getPackageName() + "." + type)
              .getDeclaredConstructor()
              .newInstance();
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(type + " failed", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " is only there when docs/benchmarks/run built it", e);
    }
  }
}

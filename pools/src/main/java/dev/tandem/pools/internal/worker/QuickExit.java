package dev.tandem.pools.internal.worker;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/// Ends this JVM without waiting for anything.
final class QuickExit {
  /*
   * Runtime.halt takes 300 ms whenever any thread is blocked in native code (ParentWatch always
   * is), and waits without bound for a loop that has no safepoint: 12 s were seen. The C library's
   * _exit does neither. Isolation supplies it, where and as soon as it can.
   */
  private static volatile @Nullable NativeExit nativeExit;
  private static volatile @Nullable NativeExit nativeGroupKill;

  private static final long SIGKILL = 9;

  private QuickExit() {}

  /// @param function calls a C function: its address and two numbers
  /// @param address the C library's `_exit`
  static void use(MethodHandle function, MemorySegment address) {
    nativeExit = new NativeExit(function, address);
  }

  /// This JVM leads a process group now.
  ///
  /// @param function calls a C function: its address and two numbers
  /// @param address the C library's `kill`
  static void useForGroup(MethodHandle function, MemorySegment address) {
    nativeGroupKill = new NativeExit(function, address);
  }

  /// Ends this JVM and, where this is possible, what its tasks have started.
  ///
  /// @param code the exit code, where it is not
  static void exitWithGroup(int code) {
    NativeExit kill = nativeGroupKill;
    if (kill != null) {
      kill.call(0, SIGKILL);
    }
    exit(code);
  }

  /// Ends this JVM; no shutdown hook runs, nothing is flushed.
  ///
  /// @param code the exit code
  static void exit(int code) {
    NativeExit now = nativeExit;
    if (now != null) {
      now.call(code, 0);
    }
    Runtime.getRuntime().halt(code);
  }

  private record NativeExit(MethodHandle function, MemorySegment address) {
    void call(int first, long second) {
      try {
        Isolation.call(function, address, first, second);
      } catch (Throwable _) {
        // halt, then
      }
    }
  }
}

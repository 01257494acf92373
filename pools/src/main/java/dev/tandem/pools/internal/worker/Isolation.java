package dev.tandem.pools.internal.worker;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.locks.LockSupport;

/// Keeps a worker apart from the terminal, and tied to its parent. All of it is optional: where it
/// is not possible, nothing happens and nothing is printed.
final class Isolation extends Thread {
  /*
   * Ctrl-C and Ctrl-Z go to the whole foreground process group: the parent decides what becomes of
   * its workers, so they leave the group; until then there is SignalGuard. Processes that a task
   * starts stay in the worker's group, which ends with it.
   *
   * PR_SET_PDEATHSIG covers what ParentWatch cannot: a worker that is stopped. The kernel sends the
   * signal when the THREAD that spawned the worker ends: the parent spawns from one that lives as
   * long as the pool. It is not inherited by processes that a task starts.
   *
   * Linking the first foreign function costs some 100 ms of CPU in a fresh JVM: hence a thread of
   * its own, after the start, and a single shape for all functions, since each shape costs another
   * 10 ms. Passing more integer arguments than a C function has is harmless in every calling
   * convention of the systems that Java runs on, and what is variadic is called on Linux alone.
   */
  private static final String OS = System.getProperty("os.name", "");
  private static final boolean LINUX = OS.startsWith("Linux");
  private static final int PR_SET_PDEATHSIG = 1;
  private static final long SIGKILL = 9;

  private final long parentPid;
  private final long delayNanos;

  private Isolation(long parentPid, long delayNanos) {
    super(null, null, "tandem-isolation", 0, false);
    this.delayNanos = delayNanos;
    this.parentPid = parentPid;
  }

  /// Has the kernel kill this process when its parent dies (Linux only), ends it if that has
  /// happened already, makes it a process group of its own, and makes [QuickExit] quick. Does so in
  /// a thread of its own, and only if native access was given to this module by a flag. To be
  /// called when the worker is ready.
  ///
  /// @param parentPid the process that started this one
  /// @param delayNanos how long to wait before that
  static void late(long parentPid, long delayNanos) {
    if (!OS.startsWith("Windows") && Isolation.class.getModule().isNativeAccessEnabled()) {
      Isolation isolation = new Isolation(parentPid, delayNanos);
      isolation.setDaemon(true);
      isolation.start();
    }
  }

  @Override
  public void run() {
    try {
      LockSupport.parkNanos(delayNanos);
      isolate();
    } catch (Throwable _) {
      // refused, or not there: ParentWatch and the ignored signals remain
    }
  }

  @SuppressWarnings("restricted") // granted: late() has looked
  private void isolate() throws Throwable {
    Linker linker = Linker.nativeLinker();
    SymbolLookup libc = linker.defaultLookup();
    MethodHandle function =
        linker.downcallHandle(
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG));
    MemorySegment prctl = libc.find("prctl").orElse(null);
    if (LINUX && prctl != null) {
      call(function, prctl, PR_SET_PDEATHSIG, SIGKILL);
    }
    QuickExit.use(function, libc.find("_exit").orElseThrow());
    // the parent may have died before the kernel was told
    if (call(function, libc.find("getppid").orElseThrow(), 0, 0) != parentPid) {
      QuickExit.exit(ParentWatch.EXIT_CODE);
    }
    if (call(function, libc.find("setpgid").orElseThrow(), 0, 0) == 0) {
      QuickExit.useForGroup(function, libc.find("kill").orElseThrow());
    }
  }

  static int call(MethodHandle function, MemorySegment address, int first, long second)
      throws Throwable {
    return (int) function.invokeExact(address, first, second);
  }
}

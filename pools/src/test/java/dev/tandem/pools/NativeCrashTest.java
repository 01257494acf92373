package dev.tandem.pools;

import static dev.tandem.pools.Failures.crash;
import static dev.tandem.pools.Failures.figure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.SerializableCallable;
import dev.tandem.pools.WorkerCrashedException.Kind;
import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Row 8: native code, or the JVM itself, crashes.
class NativeCrashTest {
  @RegisterExtension final ProcessPoolProbe probe = new ProcessPoolProbe();

  @Test
  void crashOfNativeCodeIsReportedWithTheErrorReportOfTheJvm() {
    assertThat(crashOf(NativeCrashTest::readNullInC))
        .hasMessageContaining("SIGSEGV")
        .hasMessageContaining("Problematic frame");
  }

  @Test
  void crashOfTheJvmIsReportedWithItsErrorReport() {
    assertThat(crashOf(NativeCrashTest::readNull)).hasMessageContaining("SIGSEGV");
  }

  @Test
  void signalOfACrashFromOutsideIsReportedAsACrash() {
    assertThat(crashOf(NativeCrashTest::signalOwnProcess)).hasMessageContaining("SIGSEGV");
  }

  private WorkerCrashedException crashOf(SerializableCallable<Long> body) {
    ProcessPool pool =
        probe.open(1, cf -> cf.withJvmArguments("--enable-native-access=ALL-UNNAMED"));
    Future<Long> future = probe.watch(pool.submit(body));
    long start = System.nanoTime();

    WorkerCrashedException crash = crash(future);

    figure("row 8: start and crash of a worker to failure", start);
    assertThat(crash.kind()).isEqualTo(Kind.NATIVE_CRASH);
    return crash;
  }

  /// What a wrong call of a C library does.
  @SuppressWarnings("restricted")
  private static long readNullInC() {
    Linker linker = Linker.nativeLinker();
    var strlen =
        linker.downcallHandle(
            linker.defaultLookup().find("strlen").orElseThrow(),
            FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.ADDRESS));
    try {
      return (long) strlen.invokeExact(MemorySegment.NULL);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  @SuppressWarnings("restricted")
  private static long readNull() {
    return MemorySegment.ofAddress(8).reinterpret(8).get(ValueLayout.JAVA_BYTE, 0);
  }

  private static long signalOwnProcess() throws IOException, InterruptedException {
    Workers.signal("SEGV", Work.pid());
    return Work.spin();
  }
}

package dev.tandem.pools.internal.worker;

import dev.tandem.core.internal.CarriedContext;
import dev.tandem.pools.internal.wire.OutputMark;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import org.jspecify.annotations.Nullable;

/// The standard streams of a worker: mark whose output it is, so that the pool need not guess.
final class WorkerOutput {
  /*
   * The pool reads a line some time after it was printed, when its task may be over and the next one
   * at work. So the order in the pipe says whose a line is: before the first output of a task, its
   * mark is written, and at its end one that says that what follows is no task's. Both only if the
   * task prints something, and has a name or a diagnostic context that came with it: any other
   * output is no task's to the log. A task that prints nothing costs two reads of a field.
   *
   * What is printed by the main thread, while a task runs, is the task's. Another thread belongs to
   * the task that has started it, or started the one that has started it: it is remembered when a
   * thread is made, where the JDK asks what the new thread inherits. If that task is over, its output
   * is no task's. A thread that inherits nothing, and one of the common pool, which serves all
   * tasks, belong to the task that runs.
   *
   * What native code and other processes print has no marks, and is counted to the task whose mark is
   * before it in the pipe: to one that has printed, too, or to none.
   */
  private static volatile OutputMark current = OutputMark.NONE;

  private static final InheritableThreadLocal<OutputMark> OWNER = new Inherited();

  private static @Nullable Stream out;
  private static @Nullable Stream err;
  private static @Nullable Thread main;

  private WorkerOutput() {}

  /// Replaces the standard streams. Called by the main thread, before anything else runs.
  ///
  /// @param token what marks begin with
  static void install(String token) {
    main = Thread.currentThread();
    OWNER.set(OutputMark.NONE);
    Stream newOut = new Stream(FileDescriptor.out, token);
    Stream newErr = new Stream(FileDescriptor.err, token);
    System.setOut(print(newOut));
    System.setErr(print(newErr));
    out = newOut;
    err = newErr;
    CarriedContext.watch(WorkerOutput::carried);
  }

  private static PrintStream print(Stream stream) {
    return new PrintStream(stream, true, StandardCharsets.UTF_8);
  }

  /// A named task begins. Called by the main thread, like all of these.
  static void begin(String task) {
    current = new OutputMark(task, Map.of());
  }

  /// The diagnostic context that came with the task was set, or taken away.
  private static void carried(Map<String, String> context) {
    if (Thread.currentThread() == main) {
      String task = current.task();
      Map<String, String> copy = new LinkedHashMap<>(context);
      copy.values().removeIf(value -> value == null);
      current =
          task == null && copy.isEmpty()
              ? OutputMark.NONE
              : new OutputMark(task, Collections.unmodifiableMap(copy));
    }
  }

  /// The task is over: everything that it has printed is in the pipe.
  static void end() {
    if (current != OutputMark.NONE) {
      current = OutputMark.NONE;
    }
    end(out);
    end(err);
  }

  private static void end(@Nullable Stream stream) {
    if (stream != null) {
      stream.end();
    }
  }

  private static OutputMark owner() {
    Thread thread = Thread.currentThread();
    OutputMark now = current;
    if (now == OutputMark.NONE || thread == main || isCommon(thread)) {
      return now;
    }
    OutputMark own = OWNER.get();
    return own == null || own == now ? now : OutputMark.NONE;
  }

  private static boolean isCommon(Thread thread) {
    return thread instanceof ForkJoinWorkerThread worker
        && worker.getPool() == ForkJoinPool.commonPool();
  }

  /// Asked by the JDK when a thread makes another.
  private static final class Inherited extends InheritableThreadLocal<OutputMark> {
    @Override
    protected OutputMark childValue(OutputMark parent) {
      return Thread.currentThread() == main ? current : parent;
    }
  }

  /// A standard stream. Bytes that are written one by one are collected until a line or a task
  /// ends.
  @SuppressWarnings("NonAtomicVolatileUpdate") // under the monitor
  private static final class Stream extends OutputStream {
    private static final int SIZE = 1 << 13;
    private static final int SLICE = 1 << 16;

    private final OutputStream file;
    private final String token;
    private final byte[] collected = new byte[SIZE];
    private volatile int count; // written under the monitor
    private volatile OutputMark marked = OutputMark.NONE;

    Stream(FileDescriptor descriptor, String token) {
      this.file = new FileOutputStream(descriptor);
      this.token = token;
    }

    @Override
    public synchronized void write(int b) throws IOException {
      mark(owner());
      if (count == SIZE) {
        writeCollected();
      }
      collected[count] = (byte) b;
      count++;
      if (b == '\n') {
        writeCollected();
      }
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) throws IOException {
      mark(owner());
      if (length > SIZE - count) {
        writeCollected();
      }
      if (length > SIZE) {
        for (int done = 0; done < length; done += SLICE) {
          file.write(bytes, from + done, Math.min(SLICE, length - done));
        }
        return;
      }
      // with what was collected and a mark in one piece
      System.arraycopy(bytes, from, collected, count, length);
      count += length;
      writeCollected();
    }

    private void mark(OutputMark owner) throws IOException {
      if (marked != owner) {
        writeCollected();
        marked = owner;
        byte[] mark = owner.toText(token).getBytes(StandardCharsets.US_ASCII);
        if (mark.length < SIZE) {
          System.arraycopy(mark, 0, collected, 0, mark.length);
          count = mark.length;
        } else {
          file.write(mark);
        }
      }
    }

    private void writeCollected() throws IOException {
      int length = count;
      count = 0; // also if that fails: it would fail for ever
      if (length > 0) {
        file.write(collected, 0, length);
      }
    }

    void end() {
      if (marked == OutputMark.NONE && count == 0) {
        return;
      }
      synchronized (this) {
        try {
          mark(OutputMark.NONE);
          writeCollected();
        } catch (IOException e) {
          // closed: the output is lost in any case
        }
      }
    }

    @Override
    public synchronized void flush() throws IOException {
      writeCollected();
    }

    @Override
    public synchronized void close() throws IOException {
      try {
        writeCollected();
      } finally {
        file.close();
      }
    }
  }
}

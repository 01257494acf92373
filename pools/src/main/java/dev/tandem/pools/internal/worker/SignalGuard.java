package dev.tandem.pools.internal.worker;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.invoke.MethodHandles;

/// Keeps signals from a worker that are meant for its parent: a terminal sends them to all
/// processes in the foreground, a service manager to all processes of a service. The parent decides
/// what becomes of its workers; it ends them by other means.
final class SignalGuard {
  /*
   * The signals are caught and forgotten, not ignored: a program that a task starts would inherit
   * that it ignores them, so that Process.destroy could not end it; what is caught is back to its
   * default there. What a terminal sends to stop a job that reads or writes is not for us to catch:
   * the kernel would repeat the call, and the signal, for ever.
   *
   * javac warns of each mention of sun.misc.Signal, and nothing silences it. By reflection and a
   * proxy it takes a starting JVM some 40 ms, a class that mentions it takes one. So the class is
   * written here, one for each signal: what it does is in its static initializer.
   *
   *   final class NAME implements SignalHandler {
   *     static { Signal.handle(new Signal("TERM"), new NAME()); }
   *     public void handle(Signal s) {}
   *   }
   */
  private static final String[] CAUGHT = {"TERM", "INT", "HUP", "TSTP"};
  private static final int MAJOR_VERSION = 61;

  // the constants that the code mentions, in the order of the pool below
  private static final int THIS = 2;
  private static final int OBJECT = 4;
  private static final int HANDLER = 6;
  private static final int SIGNAL = 8;
  private static final int SIGNAL_NAME = 10;
  private static final int INIT = 11;
  private static final int NOTHING = 12;
  private static final int OBJECT_INIT = 14;
  private static final int SIGNAL_INIT = 17;
  private static final int HANDLE = 18;
  private static final int SIGNAL_HANDLE = 21;
  private static final int STATIC_INIT = 22;
  private static final int TAKES_SIGNAL = 23;
  private static final int CODE = 24;
  private static final int THIS_INIT = 25;
  private static final int CONSTANTS = 26;

  private SignalGuard() {}

  /// Catches them from now on.
  static void set() {
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    for (String name : CAUGHT) {
      try {
        lookup.ensureInitialized(lookup.defineClass(handlerOf(name)));
      } catch (IOException | IllegalAccessException | LinkageError | RuntimeException _) {
        // unknown to this system, or reserved by the JVM (-Xrs): the next one may work
      }
    }
  }

  private static byte[] handlerOf(String signal) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(0xCAFEBABE);
    out.writeShort(0);
    out.writeShort(MAJOR_VERSION);
    constants(out, signal);
    out.writeShort(0x0030); // final, as compilers since Java 1.1 say it
    out.writeShort(THIS);
    out.writeShort(OBJECT);
    out.writeShort(1);
    out.writeShort(HANDLER);
    out.writeShort(0); // fields
    out.writeShort(3);
    method(out, 0, INIT, NOTHING, 1, 1, 0x2A, 0xB7, 0, OBJECT_INIT, 0xB1);
    method(out, 1, HANDLE, TAKES_SIGNAL, 0, 2, 0xB1);
    method(
        out,
        8,
        STATIC_INIT,
        NOTHING,
        3,
        0,
        0xBB,
        0,
        SIGNAL,
        0x59,
        0x12,
        SIGNAL_NAME,
        0xB7,
        0,
        SIGNAL_INIT,
        0xBB,
        0,
        THIS,
        0x59,
        0xB7,
        0,
        THIS_INIT,
        0xB8,
        0,
        SIGNAL_HANDLE,
        0x57,
        0xB1);
    out.writeShort(0); // attributes
    return bytes.toByteArray();
  }

  private static void constants(DataOutputStream out, String signal) throws IOException {
    out.writeShort(CONSTANTS);
    type(out, SignalGuard.class.getPackageName().replace('.', '/') + "/Caught" + signal, 1);
    type(out, "java/lang/Object", 3);
    type(out, "sun/misc/SignalHandler", 5);
    type(out, "sun/misc/Signal", 7);
    text(out, signal);
    out.writeByte(8); // a string
    out.writeShort(9);
    text(out, "<init>");
    text(out, "()V");
    pair(out, 12, INIT, NOTHING);
    pair(out, 10, OBJECT, 13);
    text(out, "(Ljava/lang/String;)V");
    pair(out, 12, INIT, 15);
    pair(out, 10, SIGNAL, 16);
    text(out, "handle");
    text(out, "(Lsun/misc/Signal;Lsun/misc/SignalHandler;)Lsun/misc/SignalHandler;");
    pair(out, 12, HANDLE, 19);
    pair(out, 10, SIGNAL, 20);
    text(out, "<clinit>");
    text(out, "(Lsun/misc/Signal;)V");
    text(out, "Code");
    pair(out, 10, THIS, 13);
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    out.writeByte(1);
    out.writeUTF(text);
  }

  /// @param at where its name is
  private static void type(DataOutputStream out, String name, int at) throws IOException {
    text(out, name);
    out.writeByte(7);
    out.writeShort(at);
  }

  /// A name and type (12), or a method (10).
  private static void pair(DataOutputStream out, int tag, int first, int second)
      throws IOException {
    out.writeByte(tag);
    out.writeShort(first);
    out.writeShort(second);
  }

  private static void method(
      DataOutputStream out, int access, int name, int type, int stack, int locals, int... code)
      throws IOException {
    out.writeShort(access);
    out.writeShort(name);
    out.writeShort(type);
    out.writeShort(1);
    out.writeShort(CODE);
    out.writeInt(12 + code.length);
    out.writeShort(stack);
    out.writeShort(locals);
    out.writeInt(code.length);
    for (int b : code) {
      out.writeByte(b);
    }
    out.writeShort(0); // exceptions
    out.writeShort(0); // attributes
  }
}

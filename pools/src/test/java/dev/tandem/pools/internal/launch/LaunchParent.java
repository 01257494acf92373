package dev.tandem.pools.internal.launch;

import dev.tandem.pools.PoolStartException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A program with a pool, for tests that start programs in every way there is: starts one
/// [EchoWorker] and passes on what it answers, or what was refused.
public final class LaunchParent {
  /// The directory of the pool, in the program's home.
  static final String POOL = "pool";

  private LaunchParent() {}

  /// @param args `pool`; `--aot=file`, `--train`, `--jvm=argument`; questions
  public static void main(String[] args) throws Exception {
    List<String> jvm = new ArrayList<>();
    List<String> questions = new ArrayList<>();
    Path aot = null;
    boolean train = false;
    for (String arg : List.of(args).subList(1, args.length)) {
      if (arg.startsWith("--aot=")) {
        aot = Path.of(arg.substring(6));
      } else if (arg.equals("--train")) {
        train = true;
      } else if (arg.startsWith("--jvm=")) {
        jvm.add(arg.substring(6));
      } else {
        questions.add(arg);
      }
    }
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try {
      Launcher launcher =
          Launcher.of(
              new LaunchOptions(1, 0, jvm, aot),
              Path.of(POOL).toAbsolutePath(),
              ParentJvm.current(),
              EchoWorker.class.getName());
      if (train) {
        train(launcher, out);
      }
      String[] words = questions.toArray(new String[0]);
      if (questions.remove("pid")) {
        out.println("pid=" + launcher.start(1, "wait").pid());
        System.in.read();
      } else {
        pass(launcher.start(1, words), out);
      }
    } catch (PoolStartException e) {
      out.println("refused=" + e.getMessage());
    }
  }

  private static void train(Launcher launcher, PrintStream out) throws Exception {
    out.println("obstacle=" + launcher.aotObstacle());
    out.println("needed=" + launcher.needsTraining());
    if (launcher.needsTraining()) {
      try (AotTraining training = launcher.train(0, "fingerprint")) {
        if (training != null) {
          training.process.getOutputStream().close();
          training.finish();
        }
        out.println("trained=" + (training != null));
      }
      out.println("still=" + launcher.needsTraining());
    }
  }

  private static void pass(Process worker, PrintStream out) throws Exception {
    worker.getOutputStream().close();
    worker.getInputStream().transferTo(out);
    worker.getErrorStream().transferTo(System.err);
    int exit = worker.waitFor();
    if (exit != 0) {
      System.exit(exit);
    }
  }
}

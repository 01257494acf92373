package dev.tandem.examples.showcase;

import dev.tandem.core.MapProgress;
import java.io.Console;
import java.util.function.Consumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/// A progress bar on standard error. On a terminal it moves; in a log file or a pipe it is a line
/// now and then.
final class Progress implements AutoCloseable {
  // A fixed width keeps the library from asking JLine for the terminal's, which would load native
  // code, which the JVM warns of.
  private static final int WIDTH = 79;

  private final ProgressBar bar;

  private Progress(ProgressBar bar) {
    this.bar = bar;
  }

  static Progress start(int steps) {
    boolean terminal = isTerminal();
    ProgressBarBuilder builder =
        ProgressBar.builder()
            .setTaskName("Showcase")
            .setInitialMax(steps)
            .setStyle(style(terminal))
            .setConsumer(
                terminal
                    ? new ConsoleProgressBarConsumer(System.err, WIDTH)
                    : new DelegatingProgressBarConsumer(new Lines(), WIDTH))
            .setUpdateIntervalMillis(terminal ? 100 : 5_000)
            .hideEta();
    return new Progress(builder.build());
  }

  private static ProgressBarStyle style(boolean terminal) {
    if (!System.err.charset().newEncoder().canEncode('█')) {
      return ProgressBarStyle.ASCII;
    }
    return terminal ? ProgressBarStyle.COLORFUL_UNICODE_BLOCK : ProgressBarStyle.UNICODE_BLOCK;
  }

  @SuppressWarnings("SystemConsoleNull") // true of JDK 22 to 24; in 25 it is null again in a pipe
  private static boolean isTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  void starts(String program) {
    bar.setExtraMessage(program);
  }

  void shows(MapProgress progress) {
    bar.stepTo(progress.done());
  }

  @Override
  public void close() {
    bar.close();
  }

  /// Prints lines, but not the same twice: the bar shows its end more than once.
  private static final class Lines implements Consumer<String> {
    private String last = "";

    @Override
    public synchronized void accept(String line) {
      if (!line.equals(last)) {
        System.err.println(line.stripTrailing());
        last = line;
      }
    }
  }
}

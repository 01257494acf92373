package dev.tandem.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Asserts that a test leaves nothing behind that a dump counts. What was there before the test is
/// the failure of an earlier one, and is not told again.
public final class NothingLeft implements BeforeEachCallback, AfterEachCallback {
  private static final Pattern COUNT = Pattern.compile("Tandem: (\\d+) live");

  private final Supplier<String> dump;
  private int before;

  /// @param dump a text that begins with `Tandem: {number} live`
  public NothingLeft(Supplier<String> dump) {
    this.dump = dump;
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    before = count(dump.get());
  }

  @Override
  public void afterEach(ExtensionContext context) {
    String after = dump.get();
    assertThat(count(after)).as("left by the test: %s", after).isLessThanOrEqualTo(before);
  }

  private static int count(String text) {
    Matcher matcher = COUNT.matcher(text);
    assertThat(matcher.lookingAt()).as(text).isTrue();
    return Integer.parseInt(matcher.group(1));
  }
}

package dev.tandem.pools.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.pools.RemoteTaskException;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Exceptions whose own methods misbehave: none replaces the failure, and what arrives can be
/// reported.
class MisbehavingFailuresTest {
  private final Wire wire = new Wire();

  /// Base of the others: named, so that what arrives can be recognized.
  static class Odd extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Odd() {
      super("the original");
    }
  }

  static class NullStack extends Odd {
    @Override
    public StackTraceElement[] getStackTrace() {
      return null;
    }
  }

  static class NullFrame extends Odd {
    @Override
    public StackTraceElement[] getStackTrace() {
      return new StackTraceElement[2];
    }
  }

  static class StackThrows extends Odd {
    @Override
    public StackTraceElement[] getStackTrace() {
      throw new AssertionError("no stack");
    }
  }

  static class CauseThrows extends Odd {
    @Override
    public synchronized Throwable getCause() {
      throw new IllegalStateException("no cause");
    }
  }

  static class CauseOverflows extends Odd {
    @Override
    public synchronized Throwable getCause() {
      return getCause();
    }
  }

  static class EndlessCauses extends Odd {
    @Override
    public synchronized Throwable getCause() {
      return new EndlessCauses();
    }
  }

  static class TextThrows extends Odd {
    @Override
    public String toString() {
      throw new LinkageError("no text");
    }
  }

  static class TextIsNull extends Odd {
    @Override
    public String toString() {
      return null;
    }
  }

  static class LocalizedThrows extends Odd {
    @Override
    public String getLocalizedMessage() {
      throw new AssertionError("no words");
    }
  }

  static class ReadThrows extends Odd {
    private void readObject(ObjectInputStream in) {
      throw new AssertionError("no reading");
    }
  }

  static class ReadExhausts extends Odd {
    private void readObject(ObjectInputStream in) {
      throw new OutOfMemoryError("no memory for reading");
    }
  }

  static class ReadOverflows extends Odd {
    private void readObject(ObjectInputStream in) {
      readObject(in);
    }
  }

  static class ResolvesToText extends Odd {
    private Object readResolve() {
      return "text";
    }
  }

  static class ResolvesToNull extends Odd {
    private Object readResolve() {
      return null;
    }
  }

  static class WriteThrows extends Odd {
    private void writeObject(ObjectOutputStream out) {
      throw new AssertionError("no writing");
    }
  }

  static class WriteOverflows extends Odd {
    private void writeObject(ObjectOutputStream out) {
      writeObject(out);
    }
  }

  static class EndlessReplacement extends Odd {
    private Object writeReplace() {
      return new EndlessReplacement();
    }
  }

  static Stream<Throwable> odd() {
    return Stream.of(
        new NullStack(),
        new NullFrame(),
        new StackThrows(),
        new CauseThrows(),
        new CauseOverflows(),
        new EndlessCauses(),
        new TextThrows(),
        new TextIsNull(),
        new LocalizedThrows(),
        new ReadThrows(),
        new ReadExhausts(),
        new ReadOverflows(),
        new ResolvesToText(),
        new ResolvesToNull(),
        new WriteThrows(),
        new WriteOverflows(),
        new EndlessReplacement());
  }

  @ParameterizedTest
  @MethodSource("odd")
  void theOriginalIsReportedAndCanBeReportedAgain(Throwable odd) throws Exception {
    checkReport(wire.sendFailure(odd), odd.getClass().getName());
  }

  @ParameterizedTest
  @MethodSource("odd")
  void asACauseItDoesNotTakeAlongWhatItHasCaused(Throwable odd) throws Exception {
    Throwable copy = wire.sendFailure(new IOException("above", odd));

    assertThat(copy).isExactlyInstanceOf(IOException.class).hasMessage("above");
    checkReport(copy.getCause(), odd.getClass().getName());
  }

  @ParameterizedTest
  @MethodSource("odd")
  void suppressedItDoesNotTakeAlongWhatSuppressesIt(Throwable odd) throws Exception {
    IOException above = new IOException("above");
    above.addSuppressed(odd);

    Throwable copy = wire.sendFailure(above);

    assertThat(copy).isExactlyInstanceOf(IOException.class).hasMessage("above");
    checkReport(copy.getSuppressed()[0], odd.getClass().getName());
  }

  /// As `Future.get`, a logger and a user do.
  private static void checkReport(Throwable arrived, String type) {
    StringWriter text = new StringWriter();
    new ExecutionException(arrived).printStackTrace(new PrintWriter(text));
    assertThat(text.toString()).contains(type).contains("the original");
    assertThat(arrived.getStackTrace()).isNotNull().doesNotContainNull();
    if (!(arrived instanceof Odd)) {
      assertThat(arrived).isInstanceOf(RemoteTaskException.class);
      assertThat(((RemoteTaskException) arrived).exceptionClass()).isEqualTo(type);
    }
  }

  static class WithPart extends Odd {
    final Object part;

    WithPart(Object part, Throwable cause) {
      this.part = part;
      initCause(cause);
    }
  }

  @Test
  void oneThatCannotBeSentKeepsItsCausesAndTheSuppressed() throws Exception {
    WithPart e = new WithPart(new Object(), new IOException("below", new Odd()));
    e.addSuppressed(new IllegalStateException("beside"));

    Throwable copy = wire.sendFailure(e);

    assertThat(copy).isInstanceOf(RemoteTaskException.class);
    assertThat(copy.getCause()).isExactlyInstanceOf(IOException.class).hasMessage("below");
    assertThat(copy.getCause().getCause()).isExactlyInstanceOf(Odd.class);
    assertThat(copy.getSuppressed()).singleElement().isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aCauseThatIsReachedTwiceIsTheSameOnTheOtherSide() throws Exception {
    IOException shared = new IOException("shared");
    IllegalStateException e = new IllegalStateException("top", shared);
    e.addSuppressed(new IllegalStateException("beside", shared));

    Throwable copy = wire.sendFailure(e);

    assertThat(copy.getSuppressed()[0].getCause()).isSameAs(copy.getCause());
  }

  @Test
  void aRingOfCausesStaysOne() throws Exception {
    IllegalStateException a = new IllegalStateException("a");
    IllegalStateException b = new IllegalStateException("b", a);
    a.addSuppressed(b);

    Throwable copy = wire.sendFailure(a);

    assertThat(copy).isExactlyInstanceOf(IllegalStateException.class).hasMessage("a");
    assertThat(copy.getSuppressed()[0].getCause()).isSameAs(copy);
  }

  @Test
  void manyCausesArrive() throws Exception {
    Throwable e = new IOException("bottom");
    for (int i = 0; i < 60; i++) {
      e = new IllegalStateException("level " + i, e);
    }
    assertThat(wire.sendFailure(e)).hasRootCauseInstanceOf(IOException.class);
  }

  static class Counting extends Odd {
    private final transient List<String> details;

    Counting(List<String> details) {
      this.details = details;
    }

    @Override
    public String getMessage() {
      return details == null ? "nothing known" : "details " + details;
    }
  }

  @Test
  void aMessageThatOnlyTheWorkerCanMakeIsCarried() throws Exception {
    Throwable copy = wire.sendFailure(new Counting(List.of("a")));

    assertThat(copy).isExactlyInstanceOf(Counting.class);
    assertThat(copy.getSuppressed()[0]).hasMessageContaining("details [a]");
  }

  @Test
  void theJdksExplanationOfANullPointerIsCarried() throws Exception {
    String expected = null;
    NullPointerException npe = null;
    String nothing = System.getProperty("no.such.property");
    try {
      nothing.length();
    } catch (NullPointerException e) {
      npe = e;
      expected = e.getMessage();
    }
    assertThat(expected).contains("because");
    Throwable copy = wire.sendFailure(npe);
    assertThat(copy).isExactlyInstanceOf(NullPointerException.class).hasMessage(expected);
    assertThat(copy.getStackTrace()).isEqualTo(npe.getStackTrace());
    assertThat(wire.sendFailure(new IOException("above", npe)).getCause()).hasMessage(expected);
    assertThat(wire.send((Object) List.of(npe, npe)).toString()).contains(expected);
    assertThat(wire.sendFailure(new NullPointerException())).hasMessage(null);
  }

  @Test
  void exceptionsOfAllOfTheJdkArriveAsTheyAre() throws Exception {
    assertThat(wire.sendFailure(new java.io.UncheckedIOException(new IOException("io"))))
        .isExactlyInstanceOf(java.io.UncheckedIOException.class)
        .hasCauseExactlyInstanceOf(IOException.class);
    for (String name :
        List.of(
            "javax.net.ssl.SSLHandshakeException",
            "org.xml.sax.SAXException",
            "javax.naming.NamingException",
            "javax.imageio.IIOException",
            "java.sql.SQLException",
            "javax.crypto.BadPaddingException")) {
      Class<?> type;
      try {
        type = Class.forName(name);
      } catch (ClassNotFoundException e) {
        continue; // its module is not there
      }
      Throwable one = (Throwable) type.getConstructor(String.class).newInstance("why");
      assertThat(wire.sendFailure(one)).isExactlyInstanceOf(type).hasMessage("why");
    }
  }
}

package dev.tandem.pools.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.pools.RemoteTaskException;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailuresTest {
  private final Wire wire = new Wire();

  static class WithSocket extends RuntimeException {
    private static final long serialVersionUID = 1L;
    final Object part;

    WithSocket(Object part) {
      super("with " + part.getClass().getSimpleName(), new IOException("below"));
      this.part = part;
    }
  }

  static class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unreadable() {
      super("cannot be read");
    }

    private void readObject(ObjectInputStream in) {
      throw new IllegalStateException("not here");
    }
  }

  static class Unwritable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private void writeObject(ObjectOutputStream out) {
      throw new AssertionError("not there");
    }

    @Override
    public String getMessage() {
      throw new AssertionError("no message");
    }
  }

  @Test
  void anExceptionArrivesAsItIs() throws Exception {
    IllegalStateException e = new IllegalStateException("top", new IOException("below"));
    e.addSuppressed(new RuntimeException("beside"));
    Throwable copy = wire.sendFailure(e);
    assertThat(copy).isExactlyInstanceOf(IllegalStateException.class).hasMessage("top");
    assertThat(copy.getStackTrace()).isEqualTo(e.getStackTrace());
    assertThat(copy.getCause()).isExactlyInstanceOf(IOException.class).hasMessage("below");
    assertThat(copy.getSuppressed()).hasSize(1);
    assertThat(wire.sendFailure(new StackOverflowError())).isInstanceOf(StackOverflowError.class);
  }

  @Test
  void whatItCarriesArrives() throws Exception {
    WithSocket copy = (WithSocket) wire.sendFailure(new WithSocket(List.of(Path.of("a"))));
    assertThat(copy.part).isEqualTo(List.of(Path.of("a")));
  }

  @Test
  void oneThatCannotBeSentIsDescribed() throws Exception {
    WithSocket e = new WithSocket(new Socket());
    Throwable copy = wire.sendFailure(e);
    assertThat(copy)
        .isInstanceOf(RemoteTaskException.class)
        .hasMessageContaining("with Socket")
        .hasMessageContaining("$WithSocket.part -> java.net.Socket is not serializable");
    assertThat(((RemoteTaskException) copy).exceptionClass()).isEqualTo(WithSocket.class.getName());
    assertThat(copy.getStackTrace()).isEqualTo(e.getStackTrace());
    assertThat(copy.getCause()).isExactlyInstanceOf(IOException.class).hasMessage("below");
  }

  @Test
  void oneThatCannotBeReadIsDescribed() throws Exception {
    assertThat(wire.sendFailure(new Unreadable()))
        .isInstanceOf(RemoteTaskException.class)
        .hasMessageContaining("cannot be read")
        .hasMessageContaining("not here");
  }

  @Test
  void oneThatFailsInEveryRespectIsDescribed() throws Exception {
    assertThat(wire.sendFailure(new Unwritable()))
        .isInstanceOf(RemoteTaskException.class)
        .hasMessageContaining(Unwritable.class.getName())
        .hasMessageContaining("getMessage threw java.lang.AssertionError");
  }

  @Test
  void oneOfARefusedClassIsDescribedWithTheCallThatAllowsIt() throws Exception {
    Wire strange = new Wire(FailuresTest.class.getClassLoader());
    assertThat(strange.sendFailure(new Unreadable()))
        .isInstanceOf(RemoteTaskException.class)
        .hasMessageContaining("cannot be read")
        .hasMessageContaining("withAllowed(\"dev.tandem.pools.internal.codec.**\")");
  }

  @Test
  void cyclesOfCausesEnd() throws Exception {
    WithSocket top = new WithSocket(new Socket());
    top.getCause().initCause(top);
    assertThat(wire.sendFailure(top)).isInstanceOf(RemoteTaskException.class);
  }

  @Test
  void oneThatIsLargerThanAMessageIsShortened() throws Exception {
    Output small = new Output(4000);
    wire.encoder.encodeFailure(new IllegalStateException("long ".repeat(100_000)), small);
    Throwable copy = wire.decoder.decodeFailure(new Input(small.array(), 0, small.length()));
    assertThat(copy)
        .isInstanceOf(RemoteTaskException.class)
        .hasMessageContaining("IllegalStateException: long long")
        .hasMessageContaining("larger than a message may be");
  }

  @Test
  void severalFailuresStandBehindEachOther() throws Exception {
    wire.encoder.encodeFailure(new IllegalStateException("a"), wire.out);
    wire.encoder.encodeFailure(new Unreadable(), wire.out);
    wire.encoder.encode("end", wire.out);
    Input in = wire.transfer();
    assertThat(wire.decoder.decodeFailure(in)).hasMessage("a");
    assertThat(wire.decoder.decodeFailure(in)).hasMessageContaining("not here");
    assertThat(wire.decoder.decode(in)).isEqualTo("end");
  }
}

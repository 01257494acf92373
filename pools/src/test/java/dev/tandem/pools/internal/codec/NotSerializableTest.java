package dev.tandem.pools.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.tandem.core.SerializableCallable;
import dev.tandem.core.SerializableRunnable;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.net.Socket;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotSerializableTest {
  private static final String ME = NotSerializableTest.class.getName();

  private final Encoder encoder = new Encoder();
  private final Output out = new Output();

  static class Order implements Serializable {
    private static final long serialVersionUID = 1L;
    int number = 3;
    transient Socket ignored = new Socket();
    Socket connection = new Socket();
  }

  record Line(String text, Object what) {}

  private String refused(Object value) {
    out.putInt(7);
    int length = out.length();
    NotSerializableException[] thrown = new NotSerializableException[1];
    assertThatExceptionOfType(NotSerializableException.class)
        .isThrownBy(() -> encoder.encode(value, out))
        .satisfies(e -> thrown[0] = e);
    assertThat(out.length()).as("the output is as before").isEqualTo(length);
    return String.valueOf(thrown[0].getMessage());
  }

  @Test
  void theObjectItselfIsNamed() {
    assertThat(refused(new Socket())).isEqualTo("java.net.Socket is not serializable");
  }

  @Test
  void fieldsAreNamed() {
    assertThat(refused(new Order()))
        .isEqualTo(ME + "$Order.connection -> java.net.Socket is not serializable");
  }

  @Test
  void thePathGoesThroughRecordsAndCollections() {
    assertThat(refused(new Line("a", List.of(1, new Order()))))
        .isEqualTo(
            ME
                + "$Line.what -> element 1 of java.util.ImmutableCollections$List12 -> "
                + ME
                + "$Order.connection -> java.net.Socket is not serializable");
    assertThat(refused(Map.of("k", Optional.of(new Socket()))))
        .isEqualTo(
            "the value of k in java.util.ImmutableCollections$Map1 -> the value of an Optional ->"
                + " java.net.Socket is not serializable");
    assertThat(refused(new Object[] {new ArrayList<>(List.of(new Socket()))}))
        .startsWith("element 0 of java.lang.Object[] -> element 0 of java.util.ArrayList -> ");
  }

  @Test
  void capturedVariablesAreNamedByTheirLambda() {
    Socket socket = new Socket();
    SerializableCallable<Integer> body = () -> socket.getPort();
    assertThat(refused(body))
        .isEqualTo(
            "captured variable of a lambda in "
                + ME
                + ".capturedVariablesAreNamedByTheirLambda -> java.net.Socket is not serializable");
  }

  @Test
  void aLambdaThatUsesItsObjectSaysSo() {
    SerializableCallable<Object> body = () -> encoder;
    assertThat(refused(body))
        .startsWith("the object whose fields or methods a lambda in " + ME)
        .endsWith(" -> " + ME + " is not serializable");
  }

  @Test
  void aPlainLambdaIsToldWhatToWrite() {
    Callable<Integer> plain = () -> 5;
    assertThat(refused(plain))
        .contains(
            "a lambda in " + ME, "java.util.concurrent.Callable", "TaskExecutor", "ProcessPool");
    SerializableCallable<Integer> around = () -> plain.call() + 1;
    assertThat(refused(around)).contains("captured variable", "TaskExecutor", "ProcessPool");
  }

  @Test
  void aPlainLambdaIsToldWhatWouldCompile() {
    // each declaration below follows the text
    Callable<Integer> callable = () -> 5;
    assertThat(refused(callable)).contains("SerializableCallable (of dev.tandem.core)");
    SerializableCallable<Integer> serializable = () -> 5;
    assertThatNoException().isThrownBy(() -> encoder.encode(serializable, out));

    Runnable runnable = () -> {};
    assertThat(refused(List.of(runnable))).contains("SerializableRunnable (of dev.tandem.core)");
    List<SerializableRunnable> list = List.of(() -> {});
    assertThatNoException().isThrownBy(() -> encoder.encode(list, out));

    Comparator<String> comparator = (a, b) -> 0;
    assertThat(refused(comparator)).contains("(Comparator<...> & Serializable)");
    Comparator<String> cast = (Comparator<String> & Serializable) (a, b) -> 0;
    assertThatNoException().isThrownBy(() -> encoder.encode(cast, out));

    IntSupplier supplier = () -> 5;
    assertThat(refused(supplier)).contains("(IntSupplier & Serializable)");
    Own own = () -> 5;
    assertThat(refused(own)).contains("Let " + ME + "$Own extend java.io.Serializable");
  }

  interface Own {
    int get();
  }

  @Test
  void comparatorsAreNamed() {
    Comparator<String> plain = (a, b) -> a.compareTo(b);
    PriorityQueue<String> queue = new PriorityQueue<>(plain);
    for (Object sorted :
        List.of(
            new TreeSet<>(plain),
            new TreeMap<>(plain),
            queue,
            new TreeMap<>(plain).keySet(),
            new TreeMap<>(plain).headMap("a"),
            new ConcurrentSkipListSet<>(plain))) {
      assertThat(refused(new Line("a", sorted)))
          .contains("$Line.what -> the comparator of " + sorted.getClass().getName())
          .contains("a lambda in " + ME)
          .contains("written as a java.util.Comparator");
    }
    record Person(String name) {}
    TreeSet<Person> byKey = new TreeSet<>(Comparator.comparing(Person::name));
    assertThat(refused(byKey))
        .contains("the comparator of java.util.TreeSet -> captured variable of a lambda in")
        .contains("(Function<...> & Serializable)");
  }

  @Test
  void aValueInAReferenceIsNamed() {
    assertThat(refused(new AtomicReference<>(new Socket())))
        .isEqualTo("the value of an AtomicReference -> java.net.Socket is not serializable");
  }

  @Test
  void anErrorInACollectionOfTheApplicationsOwnIsNoReasonToThrowIt() {
    assertThat(refused(new Line("a", new Hostile())))
        .contains("java.net.Socket is not serializable");
  }

  static class Hostile extends ArrayList<Object> {
    private static final long serialVersionUID = 1L;
    final Object socket = new Socket();

    @Override
    public Object[] toArray() {
      throw new AssertionError("not while it is reported");
    }
  }

  @Test
  void pathsOfOtherFileSystemsAreRefused(@TempDir Path folder) throws IOException {
    try (FileSystem zip =
        FileSystems.newFileSystem(folder.resolve("a.zip"), Map.of("create", "true"))) {
      assertThat(refused(new Line("a", zip.getPath("/x"))))
          .endsWith("$Line.what -> jdk.nio.zipfs.ZipPath is not serializable");
    }
  }

  @Test
  void whatSerializationThrowsIsTold() {
    assertThat(refused(new Failing())).contains("$Failing", "IllegalStateException: no way");
    assertThat(refused(new FailingBadly())).contains("$FailingBadly", "AssertionError: no way");
  }

  @Test
  void aChainThatIsTooLongIsTold() {
    Chain chain = null;
    for (int i = 0; i < 1_000_000; i++) {
      chain = new Chain(chain);
    }
    assertThat(refused(chain)).contains("nested too deeply", "more than 500 levels", "flatter");
  }

  @Test
  void whatIsLargerThanTheLimitIsRefused() {
    Output small = new Output(1000);
    assertThatExceptionOfType(NotSerializableException.class)
        .isThrownBy(() -> encoder.encode(new byte[50_000], small))
        .withMessageContaining("larger than the 1000 bytes");
    assertThatExceptionOfType(NotSerializableException.class)
        .isThrownBy(() -> encoder.encode("x".repeat(1000), small));
    assertThat(small.length()).isZero();
    assertThat(small.blobs()).isEmpty();
  }

  record Chain(Chain next) {}

  static final class FailingBadly implements Serializable {
    private static final long serialVersionUID = 1L;

    private void writeObject(ObjectOutputStream to) {
      throw new AssertionError("no way");
    }
  }

  static final class Failing implements Serializable {
    private static final long serialVersionUID = 1L;

    private void writeObject(ObjectOutputStream to) {
      throw new IllegalStateException("no way");
    }
  }
}

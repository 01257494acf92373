package dev.tandem.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Programs whose classes are those of a loader of their own, as under Spring Boot's devtools: on
/// the class path, but loaded once more.
class OtherLoaderTest {
  @RegisterExtension final ProcessPoolProbe probe = new ProcessPoolProbe();

  @Test
  void objectsOfTheLoaderOfWhoMadeThePoolComeBack() throws Exception {
    try (Restarting loader = new Restarting()) {
      Thread thread = Thread.currentThread();
      ClassLoader before = thread.getContextClassLoader();
      ProcessPool pool;
      thread.setContextClassLoader(loader);
      try {
        pool = probe.open(1);
      } finally {
        thread.setContextClassLoader(before);
      }

      loader.program().getMethod("use", ProcessPool.class).invoke(null, pool);
    }
  }

  @Test
  void objectsOfALoaderThatCameAfterThePoolComeBack() throws Exception {
    ProcessPool pool = probe.open(1);
    for (int i = 0; i < 2; i++) { // the same names, other classes
      try (Restarting loader = new Restarting()) {
        loader.program().getMethod("use", ProcessPool.class).invoke(null, pool);
      }
    }
    Program.use(pool);
  }

  @Test
  void aLoaderThatCameAfterThePoolCanGoBeforeIt() throws Exception {
    ProcessPool pool = probe.open(1);
    WeakReference<ClassLoader> gone = useOnce(pool);
    assertThat(pool.submit(() -> 1).get(20, TimeUnit.SECONDS)).isEqualTo(1);

    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> { // an assertion that fails would hold it
          System.gc();
          return gone.get() == null;
        });
  }

  private static WeakReference<ClassLoader> useOnce(ProcessPool pool) throws Exception {
    try (Restarting loader = new Restarting()) {
      loader.program().getMethod("sendRecords", ProcessPool.class).invoke(null, pool);
      return new WeakReference<>(loader);
    }
  }

  @Test
  void aTaskDoesNotSeeTheLoaderThatAnotherHasSet() throws Exception {
    ProcessPool pool = probe.open(1);

    String first = pool.submit(() -> loaderHere()).get(20, TimeUnit.SECONDS);
    pool.submit(() -> setLoader()).get(20, TimeUnit.SECONDS);

    assertThat(pool.submit(() -> loaderHere()).get(20, TimeUnit.SECONDS))
        .isEqualTo(first)
        .isNotEqualTo("null");
    pool.forEach(List.of(1, 2), i -> setLoader());
    assertThat(pool.submit(() -> loaderHere()).get(20, TimeUnit.SECONDS)).isEqualTo(first);
  }

  private static String loaderHere() {
    return "" + Thread.currentThread().getContextClassLoader();
  }

  private static int setLoader() {
    Thread.currentThread().setContextClassLoader(null);
    return 1;
  }

  /// Loads the program once more.
  private static final class Restarting extends URLClassLoader {
    private static final String PROGRAM = OtherLoaderTest.class.getName() + "$Program";

    Restarting() {
      super(
          "restarting",
          new URL[] {OtherLoaderTest.class.getProtectionDomain().getCodeSource().getLocation()},
          OtherLoaderTest.class.getClassLoader());
    }

    Class<?> program() throws ClassNotFoundException {
      return loadClass(PROGRAM);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(PROGRAM)) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        return known == null ? findClass(name) : known;
      }
    }
  }

  /// What is loaded once more. Casts to classes of its own.
  public static final class Program {
    private Program() {}

    record Order(int id, Kind kind) {}

    enum Kind {
      SMALL,
      LARGE
    }

    static final class OutOfStock extends Exception {
      private static final long serialVersionUID = 1L;
      final Order order;

      OutOfStock(Order order) {
        super("out of stock");
        this.order = order;
      }
    }

    static final class Looking implements Serializable {
      private static final long serialVersionUID = 1L;
      transient ClassLoader context;

      private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        context = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(null);
      }
    }

    /// Nothing that the JDK's serialization, AssertJ or a record's equals sees: they remember
    /// classes.
    public static void sendRecords(ProcessPool pool) throws Exception {
      Order sent = new Order(1, Kind.SMALL);
      Order order = pool.submit(() -> new Order(sent.id() + 1, Kind.LARGE)).get();
      if (order.id() != 2 || order.kind() != Kind.LARGE) {
        throw new AssertionError(order);
      }
    }

    public static void use(ProcessPool pool) throws Exception {
      sendRecords(pool);
      Order sent = new Order(1, Kind.SMALL);

      for (int i = 0; i < 2; i++) {
        Looking looking = pool.submit(() -> new Looking()).get();
        assertThat(looking.context).isSameAs(Program.class.getClassLoader());
      }

      assertThat(pool.map(List.of(sent), o -> new Order(o.id() + 2, o.kind())).toList())
          .containsExactly(new Order(3, Kind.SMALL));

      try {
        pool.submit(() -> fail(sent)).get();
        throw new AssertionError("nothing was thrown");
      } catch (ExecutionException e) {
        assertThat(e.getCause()).isInstanceOf(OutOfStock.class);
        assertThat(((OutOfStock) e.getCause()).order).isEqualTo(sent);
      }
    }

    private static int fail(Order order) throws OutOfStock {
      throw new OutOfStock(order);
    }
  }
}

package dev.tandem.pools.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.core.SerializableCallable;
import java.io.InputStream;
import java.io.Serializable;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What has been sent, and the classes of what has been sent, can be collected.
class RetentionTest {
  private final Wire wire = new Wire();

  public record Item(int number, List<String> texts) {}

  public static final class Bean implements Serializable {
    private static final long serialVersionUID = 1L;
    byte[] bytes = new byte[100_000];
  }

  @Test
  void valuesAreForgotten() throws Exception {
    List<WeakReference<Object>> sent = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      List<String> texts = new ArrayList<>(List.of("x"));
      Object[] values = {new Item(i, texts), new byte[50_000], new Bean()};
      SerializableCallable<Object> lambda = () -> values;
      wire.send(lambda);
      wire.sendFailure(new RuntimeException("x"));
      for (Object value : values) {
        sent.add(new WeakReference<>(value));
      }
    }
    wire.out.reset();
    awaitCollected(sent);
  }

  @Test
  void aLargeArrayIsGivenBack() throws Exception {
    wire.send(new double[1_000_000]);
    wire.out.reset();
    assertThat(wire.out.array().length).isLessThan(2_000_000);
  }

  @Test
  void classesAreForgotten() throws Exception {
    List<WeakReference<Object>> loaders = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Copying loader = new Copying();
      Object item =
          loader.loadClass(Item.class.getName()).getConstructors()[0].newInstance(1, List.of());
      Object bean = loader.loadClass(Bean.class.getName()).getConstructors()[0].newInstance();
      for (int round = 0; round < 5_000; round++) {
        wire.out.reset();
        wire.encoder.encode(item, wire.out);
      }
      wire.encoder.encode(bean, wire.out);
      wire.out.reset();
      loaders.add(new WeakReference<>(loader));
    }
    awaitCollected(loaders);
  }

  private static void awaitCollected(List<WeakReference<Object>> references) {
    await()
        .untilAsserted(() -> {
          System.gc();
          assertThat(references).allMatch(reference -> reference.get() == null);
        });
  }

  /// Loads the nested classes of this test anew.
  private static final class Copying extends ClassLoader {
    Copying() {
      super(RetentionTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(RetentionTest.class.getName() + "$")) {
        return super.loadClass(name, resolve);
      }
      Class<?> known = findLoadedClass(name);
      if (known != null) {
        return known;
      }
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (java.io.IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}

package dev.tandem.pools.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tandem.core.SerializableCallable;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TypeFilterTest {
  private static final ClassLoader LOADER = TypeFilterTest.class.getClassLoader();
  private final TypeFilter filter = new TypeFilter(List.of(), LOADER);

  static boolean initialized;

  record Foreign(int x) {
    static {
      initialized = true;
    }
  }

  static class ForeignBean implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.lang.Integer",
        "java.util.ArrayList",
        "java.util.ImmutableCollections$ListN",
        "java.util.CollSer",
        "java.time.Ser",
        "java.util.concurrent.ConcurrentHashMap$Segment",
        "java.util.concurrent.atomic.AtomicLong",
        "java.lang.IllegalStateException",
        "java.io.FileNotFoundException",
        "java.lang.OutOfMemoryError",
        "[I",
        "[[Ljava.lang.String;",
        "java.util.Comparator",
        "java.lang.invoke.SerializedLambda",
        "dev.tandem.core.Settled",
        "dev.tandem.core.Outcome$Success",
        "dev.tandem.pools.WorkerCrashedException",
        "java.lang.Thread$State",
        "java.nio.file.StandardOpenOption",
        "javax.net.ssl.SSLHandshakeException",
        "sun.security.validator.ValidatorException",
        "org.xml.sax.SAXParseException",
        "java.util.function.Function",
        "kotlin.Pair",
        "kotlin.collections.EmptyList",
        "kotlin.text.Regex$Serialized"
      })
  void valuesOfTheJdkAndOurOwnAreAllowed(String name) {
    assertThat(filter.isAllowed(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kotlin.Function",
        "kotlin.InitializedLazyImpl",
        "kotlin.coroutines.jvm.internal.SuspendLambda",
        "java.net.URL",
        "java.rmi.server.UnicastRemoteObject",
        "java.rmi.RemoteException",
        "javax.management.BadAttributeValueExpException",
        "javax.management.modelmbean.XMLParseException",
        "javax.net.ssl.NoSuchException",
        "javax.net.ssl.SSLSocket",
        "javax.xml.transform.TransformerFactory",
        "java.security.SignedObject",
        "com.sun.org.apache.xalan.internal.xsltc.trax.TemplatesImpl",
        "sun.reflect.annotation.AnnotationInvocationHandler",
        "java.lang.reflect.Proxy",
        "java.beans.EventHandler",
        "java.lang.ProcessBuilder",
        "java.lang.Runtime",
        "java.util.logging.LogManager",
        "java.util.jar.JarFile",
        "org.acme.Point",
        "Point",
        "[Lorg.acme.Point;",
        "",
        "[",
        "[L;",
        "[Q",
        "java.util.",
        ".",
        "dev.tandem.Tandem",
        "dev.tandem.pools.internal.codec.Encoder",
        "java.util.Scanner"
      })
  void allElseIsRefused(String name) {
    assertThat(filter.isAllowed(name)).isFalse();
  }

  @Test
  void whatComesFromWhereTheApplicationComesFromIsAllowed() {
    String other = RoundTripTest.class.getName();
    assertThat(filter.isAllowed(other)).isFalse();
    SerializableCallable<Integer> lambda = () -> 1;
    filter.allowOriginOf(lambda.getClass());
    assertThat(filter.isAllowed(other)).isTrue();
    assertThat(filter.isAllowed("[L" + other + ";")).isTrue();
    assertThat(filter.isAllowed("org.assertj.core.api.Assertions")).isFalse();
    assertThat(filter.isAllowed("dev.nowhere.NoSuchClass")).isFalse();
  }

  @Test
  void originsAreNamedWithoutLoading() {
    filter.allowOriginOf("dev.tandem.pools.internal.codec.RoundTripTest");
    assertThat(filter.isAllowed(TypeFilterTest.class.getName())).isTrue();
    filter.allowOriginOf("no.such.Thing");
    assertThat(filter.isAllowed("no.such.Other")).isFalse();
  }

  @Test
  void theJdkIsNoOrigin() {
    filter.allowOriginOf(Runtime.class);
    filter.allowOriginOf(int[].class);
    filter.allowOriginOf("java.lang.Runtime");
    assertThat(filter.isAllowed("java.lang.ProcessBuilder")).isFalse();
  }

  @Test
  void patternsNameClassesAndPackages() {
    TypeFilter some =
        new TypeFilter(List.of("org.acme.Point", "org.flat.*", "org.deep.**"), LOADER);
    assertThat(some.isAllowed("org.acme.Point")).isTrue();
    assertThat(some.isAllowed("[[Lorg.acme.Point;")).isTrue();
    assertThat(some.isAllowed("org.acme.Points")).isFalse();
    assertThat(some.isAllowed("org.acme.Point$Inner")).isFalse();
    assertThat(some.isAllowed("org.flat.A$B")).isTrue();
    assertThat(some.isAllowed("org.flat.more.A")).isFalse();
    assertThat(some.isAllowed("org.flat")).isFalse();
    assertThat(some.isAllowed("org.deep.A")).isTrue();
    assertThat(some.isAllowed("org.deep.more.A")).isTrue();
    assertThat(some.isAllowed("org.deeper.A")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "**",
        ".*",
        "org.*.Point",
        "org..Point",
        "org.acme.",
        "org.acme.***",
        "org/acme",
        "!org.acme.Point",
        "org.acme.*;java.**",
        "org acme",
        "[I",
        "1a",
        "a.*.*"
      })
  void badPatternsAreNamed(String pattern) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TypeFilter.checkPattern(pattern))
        .withMessageContaining("got \"" + pattern + "\"")
        .withMessageContaining("org.acme.**");
  }

  @Test
  void aRefusedClassIsNotLoaded() throws Exception {
    NoLoading loader = new NoLoading();
    Wire wire = new Wire(loader);
    for (Object value :
        new Object[] {
          new Foreign(1),
          new Foreign[0],
          new ForeignBean(),
          List.of(new ForeignBean()),
          new Thread[] {}
        }) {
      wire.out.reset();
      wire.encoder.encode(value, wire.out);
      Input in = wire.transfer();
      String name =
          value instanceof Thread[] ? "java.lang.Thread" : "dev.tandem.pools.internal.codec.**";
      assertThatExceptionOfType(DecodingException.class)
          .isThrownBy(() -> wire.decoder.decode(in))
          .withMessageContaining("is refused")
          .withMessageContaining("withAllowed(\"" + name + "\")");
    }
    assertThat(loader.loaded).isFalse();
  }

  @Test
  void aRefusedLambdaIsNotLinked() throws Exception {
    Wire wire = new Wire(new NoLoading());
    SerializableCallable<Integer> lambda = () -> 1;
    assertThatExceptionOfType(DecodingException.class)
        .isThrownBy(() -> wire.send(lambda))
        .withMessageContaining(TypeFilterTest.class.getName() + " is refused");
  }

  record Handler(String text) implements InvocationHandler, Serializable {
    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) {
      return text;
    }
  }

  @Test
  void proxiesAreRefusedUnlessAllowed() throws Exception {
    Class<?>[] types = {CharSequence.class, Serializable.class};
    Object proxy = Proxy.newProxyInstance(LOADER, types, new Handler("hello"));
    assertThatExceptionOfType(DecodingException.class)
        .isThrownBy(() -> new Wire().send(proxy))
        .withMessageContaining("java.lang.reflect.Proxy is refused");
    assertThat(new Wire("java.lang.reflect.Proxy").send(proxy)).hasToString("hello");
  }

  @Test
  void anAllowedClassIsNotInitializedByDefinition() throws Exception {
    Wire wire = new Wire(LOADER, TypeFilterTest.class.getPackageName() + ".*");
    initialized = false;
    Foreign[] none = wire.send(new Foreign[0]);
    assertThat(none).isEmpty();
    assertThat(initialized).isFalse();
  }

  /// Fails the test if anything but a class file is asked for.
  private static final class NoLoading extends ClassLoader {
    boolean loaded;

    NoLoading() {
      super(LOADER);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      loaded |= name.startsWith("dev.tandem.");
      return super.loadClass(name, resolve);
    }
  }
}

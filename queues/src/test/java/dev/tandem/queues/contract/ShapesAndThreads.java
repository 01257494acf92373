package dev.tandem.queues.contract;

import dev.tandem.queues.contract.OverShapes.Shapes;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;

/// All shapes of queues, each with each kind of threads, in the fast lane with one kind, in turn;
/// or those of [OverShapes], each with one kind, in turn.
final class ShapesAndThreads implements ArgumentsProvider {
  @Override
  public Stream<? extends Arguments> provideArguments(
      ParameterDeclarations parameters, ExtensionContext context) {
    Optional<Shapes> others =
        AnnotationSupport.findAnnotation(
                context.getRequiredTestClass(), OverShapes.class, context.getEnclosingTestClasses())
            .map(over -> ReflectionSupport.newInstance(over.value()));
    List<ChannelShape> shapes = others.map(Shapes::all).orElseGet(ChannelShape::all);
    List<ThreadKind> kinds = others.map(Shapes::threads).orElse(List.of(ThreadKind.values()));
    boolean all = others.isEmpty() && !"fast".equals(System.getProperty("tandem.lane"));
    return IntStream.range(0, shapes.size())
        .boxed()
        .flatMap(i ->
            kinds.stream()
                .filter(kind -> all || kind.ordinal() == i % kinds.size())
                .map(kind -> Arguments.of(shapes.get(i), kind)));
  }
}

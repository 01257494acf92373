package dev.tandem.testing;

import static java.util.function.Function.identity;

import java.util.List;
import java.util.stream.Stream;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionResult;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.kotlinx.lincheck.execution.ResultWithClock;
import org.jetbrains.kotlinx.lincheck.util.ExceptionResult;
import org.jetbrains.lincheck.datastructures.verifier.Verifier;

/// A verifier that accepts every result except an exception, which Lincheck counts as a result too.
public final class InvariantsOnly implements Verifier {
  /// Creates the verifier as Lincheck does, by reflection.
  public InvariantsOnly(Class<?> sequentialSpecification) {}

  @Override
  public boolean verifyResults(ExecutionScenario scenario, ExecutionResult results) {
    return Stream.of(
            results.getInitResults().stream(),
            results.getThreadsResultsWithClock().stream()
                .flatMap(List::stream)
                .map(ResultWithClock::getResult),
            results.getPostResults().stream())
        .flatMap(identity())
        .noneMatch(ExceptionResult.class::isInstance);
  }
}

package dev.tandem.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.google.common.collect.testing.QueueTestSuiteBuilder;
import com.google.common.collect.testing.TestStringQueueGenerator;
import com.google.common.collect.testing.features.CollectionFeature;
import com.google.common.collect.testing.features.CollectionSize;
import com.google.common.collect.testing.features.Feature;
import dev.tandem.queues.contract.ChannelShape;
import dev.tandem.queues.contract.ChannelShape.Ends;
import dev.tandem.queues.contract.ChannelShape.Order;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.stream.Stream;
import junit.framework.Test;
import junit.framework.TestCase;
import junit.framework.TestSuite;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Guava's tests of `Collection` and `Queue` over [Channel#asBlockingQueue()], of each shape that
/// can carry them. Its JUnit 3 suites are walked as dynamic tests: so one engine runs and reports
/// all tests, and each has a time limit, which the vintage engine would not give it.
///
/// Not run here, and why:
/// - capacities 1, 2 and 3, because the suites put up to six elements into a queue;
/// - rendezvous, because it holds none;
/// - `withCloseByProducer`, because it cannot look at anything but its head, as documented: the
///   iterator, which nearly each of these tests uses, throws.
class GuavaQueueTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TestFactory
  Stream<DynamicNode> everyQueueKeepsTheContractOfCollections() {
    return ChannelShape.all().stream()
        .filter(shape -> shape.capacity() >= 1_000 && shape.ends() != Ends.CLOSED_BY_PRODUCER)
        .map(shape -> node(suite(shape)));
  }

  private static TestSuite suite(ChannelShape shape) {
    List<Feature<?>> features = new ArrayList<>();
    features.add(CollectionSize.ANY);
    // add, remove and iterator().remove(); nulls are refused, also by contains and remove
    features.add(CollectionFeature.GENERAL_PURPOSE);
    if (shape.order() == Order.FIFO) {
      // means the order of insertion for a queue; the others are given theirs by the generator
      features.add(CollectionFeature.KNOWN_ORDER);
    }
    return QueueTestSuiteBuilder.using(new Generator(shape))
        .named(shape.toString())
        .withFeatures(features)
        .createTestSuite();
  }

  /// Makes queues of a shape.
  private static final class Generator extends TestStringQueueGenerator {
    private final ChannelShape shape;

    Generator(ChannelShape shape) {
      this.shape = shape;
    }

    @Override
    protected Queue<String> create(String[] elements) {
      Queue<String> queue = shape.<String>create(cf -> cf).asBlockingQueue();
      Collections.addAll(queue, elements);
      return queue;
    }

    @Override
    public List<String> order(List<String> insertionOrder) {
      return switch (shape.order()) {
        case FIFO -> insertionOrder;
        case LIFO -> insertionOrder.reversed();
        case PRIORITY -> insertionOrder.stream().sorted().toList();
      };
    }
  }

  private static DynamicNode node(Test test) {
    if (test instanceof TestSuite suite) {
      List<DynamicNode> children =
          Collections.list(suite.tests()).stream().map(GuavaQueueTest::node).toList();
      assertThat(children).as(suite.getName()).isNotEmpty();
      return DynamicContainer.dynamicContainer(suite.getName(), children);
    }
    TestCase testCase = (TestCase) test;
    return DynamicTest.dynamicTest(
        testCase.toString(), () -> assertTimeoutPreemptively(LIMIT, testCase::runBare));
  }
}

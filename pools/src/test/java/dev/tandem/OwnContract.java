package dev.tandem;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;

/// What Tandem promises beyond an `ExecutorService`.
interface OwnContract
    extends MapOrderContract,
        MapPullContract,
        MapOverStreamContract,
        MapFailureContract,
        MapStopContract,
        MapShutdownContract,
        MapNestedContract,
        MapSettledContract,
        MapProgressContract,
        ForEachContract,
        TimeoutContract,
        UnreadFailureContract,
        ReadFailureContract,
        ListenerContract,
        ContextContract,
        InheritedContextContract,
        LoaderContract,
        StatsContract,
        CloseDurationContract,
        CloseInsideContract,
        BlockingInterruptContract,
        BadInputContract,
        ForkOnContract,
        PortableSubmitContract,
        PortableMapContract,
        PortableEndContract {
  /// What these tests wait for comes within microseconds; asking every 100 ms, as Awaitility does
  /// unless told, would take most of the suite's time.
  @BeforeAll
  static void askOften() {
    Awaitility.setDefaultPollDelay(Duration.ZERO);
    Awaitility.setDefaultPollInterval(Duration.ofMillis(2));
  }
}

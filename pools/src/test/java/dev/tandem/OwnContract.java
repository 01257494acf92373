package dev.tandem;

/// What Tandem promises beyond an `ExecutorService`.
interface OwnContract
    extends MapOrderContract,
        MapPullContract,
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
        StatsContract,
        CloseDurationContract,
        BadInputContract {}

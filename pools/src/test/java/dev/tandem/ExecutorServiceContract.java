package dev.tandem;

/// What `java.util.concurrent` documents of every `ExecutorService` and of its futures.
interface ExecutorServiceContract
    extends SubmitContract,
        ExecuteContract,
        InvokeAllContract,
        InvokeAnyContract,
        ShutdownContract,
        TerminationContract,
        CloseContract,
        FutureContract,
        CancelContract,
        InterruptContract,
        MemoryContract,
        RaceContract,
        QueueContract,
        ThreadFactoryContract {}

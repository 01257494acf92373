package dev.tandem;

/// What `java.util.concurrent` documents of every `ExecutorService` and of its futures.
interface ExecutorServiceContract extends SubmitContract {}

package dev.tandem.core;

import java.io.Serializable;

/// A [ThrowingRunnable] that can be sent to another process: a lambda assigned to this type is
/// serializable if what it captures is.
///
/// Executors whose tasks stay in this JVM never serialize it, so `executor.submit(() ->
/// Files.delete(path))` runs on their threads whatever it captures.
@FunctionalInterface
public interface SerializableRunnable extends ThrowingRunnable, Serializable {}

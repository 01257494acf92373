package dev.tandem.core;

import java.io.Serializable;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// A [Callable] that can be sent to another process: a lambda assigned to this type is serializable
/// if what it captures is.
///
/// Executors whose tasks stay in this JVM never serialize it.
///
/// @param <T> the type of the result; a result may be null
@FunctionalInterface
public interface SerializableCallable<T extends @Nullable Object>
    extends Callable<T>, Serializable {}

package dev.tandem.core;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/// A [ThrowingFunction] that can be sent to another process: a lambda assigned to this type is
/// serializable if what it captures is.
///
/// Executors whose tasks stay in this JVM never serialize it.
///
/// @param <I> the type of the input
/// @param <O> the type of the result; a result may be null
@FunctionalInterface
public interface SerializableFunction<I, O extends @Nullable Object>
    extends ThrowingFunction<I, O>, Serializable {}

package dev.tandem.pools.internal.channel;

import dev.tandem.pools.internal.codec.Encoder;
import dev.tandem.pools.internal.codec.HandleOpener;
import dev.tandem.pools.internal.codec.TypeFilter;

/// How a process encodes and decodes the elements of its channels.
///
/// @param origin the number of the worker; 0 for the pool
/// @param handles the opener of handles in elements
/// @param maxMessage the most bytes of an element
public record Coding(
    int origin,
    Encoder encoder,
    TypeFilter filter,
    ClassLoader loader,
    HandleOpener handles,
    long maxMessage) {}

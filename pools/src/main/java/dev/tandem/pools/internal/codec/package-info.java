/// Objects as bytes and back, for tasks and results that go from one process to another.
///
/// A value is encoded by our own format where all of its parts are of known kinds, and by the JDK's
/// serialization, as a whole, where they are not: see `Encoder`. Whatever is decoded is checked by
/// name before its class is loaded: see `TypeFilter`.
@NullMarked
package dev.tandem.pools.internal.codec;

import org.jspecify.annotations.NullMarked;

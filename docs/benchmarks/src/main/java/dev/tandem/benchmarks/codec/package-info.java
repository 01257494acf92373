/// Objects to bytes and back: the process pool's codec against the JDK's serialization.
@NullMarked
package dev.tandem.benchmarks.codec;

import org.jspecify.annotations.NullMarked;

/// The same executor over a Hazelcast cluster.
@NullMarked
package dev.tandem.cluster;

import org.jspecify.annotations.NullMarked;

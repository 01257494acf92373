/// A small cluster on this machine, for programs that need one.
@NullMarked
package dev.tandem.examples.cluster;

import org.jspecify.annotations.NullMarked;

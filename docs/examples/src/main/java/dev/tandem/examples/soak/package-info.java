/// A soak test: everything at once for a long time, with a ledger of all that goes in and comes out
/// and a check for leaks. Start it with the profile `soak`.
@NullMarked
package dev.tandem.examples.soak;

import org.jspecify.annotations.NullMarked;

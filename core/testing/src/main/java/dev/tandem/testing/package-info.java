/// Helpers of the tests of all modules. Nothing here depends on a module of Tandem, so that the
/// tests of each can use it.
@NullMarked
package dev.tandem.testing;

import org.jspecify.annotations.NullMarked;

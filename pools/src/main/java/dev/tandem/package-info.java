/// The facade: [dev.tandem.Tandem] creates everything.
@NullMarked
package dev.tandem;

import org.jspecify.annotations.NullMarked;

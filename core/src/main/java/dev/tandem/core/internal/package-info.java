/// Code that Tandem's own modules share: the timer, the checks of configurations, the joining of
/// failures. Exported to these modules alone; it may change at any time.
@NullMarked
package dev.tandem.core.internal;

import org.jspecify.annotations.NullMarked;

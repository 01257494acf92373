/// What Tandem's own modules share and nobody else should use: the timer, the checks of
/// configurations, the way failures are joined. Exported to them alone; it may change at any time.
@NullMarked
package dev.tandem.core.internal;

import org.jspecify.annotations.NullMarked;

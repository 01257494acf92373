/// Draws curves on logarithmic axes, as SVG that can be read on light and on dark pages.
@NullMarked
package dev.tandem.benchmarks.plots;

import org.jspecify.annotations.NullMarked;

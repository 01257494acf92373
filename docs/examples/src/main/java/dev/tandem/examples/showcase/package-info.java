/// How the showcase runs programs and shows what came out: a progress bar, a table, a chart.
@NullMarked
package dev.tandem.examples.showcase;

import org.jspecify.annotations.NullMarked;

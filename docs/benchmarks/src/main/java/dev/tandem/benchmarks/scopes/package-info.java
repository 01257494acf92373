/// JMH benchmarks of structured scopes. What needs the JDK's preview API is compiled apart, in
/// `src/preview`, and loaded by name.
@NullMarked
package dev.tandem.benchmarks.scopes;

import org.jspecify.annotations.NullMarked;

/// What the examples talk to: a slow web site in the same JVM, and a plain blocking HTTP client.
@NullMarked
package dev.tandem.examples.site;

import org.jspecify.annotations.NullMarked;

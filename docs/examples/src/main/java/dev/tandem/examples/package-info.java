/// Small programs that fetch, download, count, chat, compute and survive with Tandem. Each class is
/// one program: read it, then run its `main`. [dev.tandem.examples.Showcase] runs them all, one
/// step after the other and concurrently, and prints what that gains:
///
/// ```
/// mvn -q -Pshowcase -Dmaven.test.skip -pl docs/examples -am verify
/// ```
///
/// With `-Dshowcase.main=dev.tandem.examples.Scrape` the same line runs one program.
@NullMarked
package dev.tandem.examples;

import org.jspecify.annotations.NullMarked;

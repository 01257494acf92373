/// A service of Spring Boot that makes thumbnails, to copy from: Tandem's executors as beans, their
/// health, their metrics, and a stop that loses no request. The guide's page "Spring Boot" tells
/// what each part is for.
@NullMarked
package dev.tandem.examples.boot;

import org.jspecify.annotations.NullMarked;

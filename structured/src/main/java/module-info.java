/// Structured task scopes: subtasks whose lives are bounded by a block of code.
module dev.tandem.structured {
  requires transitive static org.jspecify;
  requires transitive dev.tandem.core;
  requires static jdk.jfr;
  requires org.slf4j;

  exports dev.tandem.structured;
}

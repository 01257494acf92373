/// The vocabulary that every Tandem executor speaks: tasks, outcomes, configuration, listeners and
/// context.
// "module": the friends below are built after this module
@SuppressWarnings("module")
module dev.tandem.core {
  requires transitive static org.jspecify;
  requires transitive com.google.common;
  requires transitive static com.google.errorprone.annotations;
  requires static jdk.jfr;
  requires org.slf4j;

  exports dev.tandem.core;
  exports dev.tandem.core.internal to
      dev.tandem,
      dev.tandem.cluster,
      dev.tandem.structured;
}

/// The facade [dev.tandem.Tandem] and the executors behind it.
module dev.tandem {
  requires transitive static org.jspecify;
  requires transitive dev.tandem.core;
  requires transitive dev.tandem.queues;
  requires transitive dev.tandem.structured;
  requires static jdk.jfr;
  requires java.management;
  requires jdk.unsupported; // sun.misc.Signal, in workers
  requires org.jctools.core.jdk11;
  requires org.slf4j;

  exports dev.tandem;
  exports dev.tandem.pools;
}

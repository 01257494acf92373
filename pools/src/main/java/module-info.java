/// The facade [dev.tandem.Tandem] and the executors behind it.
// "module": the friend below is built after this module
@SuppressWarnings("module")
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
  exports dev.tandem.pools.internal.codec to
      dev.tandem.cluster;
  exports dev.tandem.pools.internal.executor to
      dev.tandem.cluster;
}

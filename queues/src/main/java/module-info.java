/// Channels: lock-free queues between threads that block, close exactly and can be selected from.
// "module": the friend below is built after this module
@SuppressWarnings("module")
module dev.tandem.queues {
  requires transitive static org.jspecify;
  requires static jdk.jfr;
  requires org.jctools.core.jdk11;

  exports dev.tandem.queues;
  exports dev.tandem.queues.internal to
      dev.tandem;
}

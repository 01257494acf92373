/// Channels: lock-free queues between threads that block, close exactly and can be selected from.
module dev.tandem.queues {
  requires transitive static org.jspecify;
  requires org.jctools.core.jdk11;

  exports dev.tandem.queues;
}

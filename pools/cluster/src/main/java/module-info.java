/// The same executor over a Hazelcast cluster: [dev.tandem.cluster.ClusterExecutor].
@SuppressWarnings("requires-transitive-automatic") // Hazelcast has no descriptor, only a name
module dev.tandem.cluster {
  requires transitive static org.jspecify;
  requires transitive dev.tandem;
  requires transitive com.hazelcast.core;
  requires org.slf4j;

  exports dev.tandem.cluster;
  // Hazelcast makes the messages on the member that gets them
  exports dev.tandem.cluster.internal to
      com.hazelcast.core;
}

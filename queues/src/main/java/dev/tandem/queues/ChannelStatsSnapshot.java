package dev.tandem.queues;

/// The values of a [ChannelStats].
record ChannelStatsSnapshot(
    String name,
    int capacity,
    int size,
    long puts,
    long takes,
    long putParks,
    long takeParks,
    boolean closed)
    implements ChannelStats {}

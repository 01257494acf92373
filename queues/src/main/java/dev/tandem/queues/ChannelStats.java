package dev.tandem.queues;

/// What a channel counted since it was made. The figures are read one after the other while other
/// threads go on, so they fit each other only when nobody else uses the channel.
///
/// @param name the channel's name
/// @param capacity how many elements fit; 0 for a rendezvous, [Integer#MAX_VALUE] if unbounded
/// @param size how many elements are in it (its depth)
/// @param puts how many elements were accepted
/// @param takes how many elements left, those included that [Source#closeNow()] handed back
/// @param putParks how many times a thread that wanted to put had to wait (spinning does not count)
/// @param takeParks how many times a thread that wanted to take had to wait (spinning does not
///   count)
/// @param closed whether the channel is closed
public record ChannelStats(
    String name,
    int capacity,
    int size,
    long puts,
    long takes,
    long putParks,
    long takeParks,
    boolean closed) {}

package dev.tandem.queues;

/// An element that a channel held at some moment, and where: what [AbstractChannel#remove(Object,
/// long)] needs to find it again.
record Held(Object element, long place) {}

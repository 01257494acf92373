package dev.tandem.queues;

/// An element that a channel held at some moment, and where: what [ChannelSteps#remove(Held)] needs
/// to find it again.
///
/// @param element the element
/// @param place where it was
/// @param moves how many removals had moved elements by then
record Held(Object element, long place, int moves) {}

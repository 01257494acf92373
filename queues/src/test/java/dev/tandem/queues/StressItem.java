package dev.tandem.queues;

/// An element of a stress round: no two are equal.
record StressItem(int producer, int number) {}

package dev.tandem;

/// What Tandem promises beyond an `ExecutorService`.
interface OwnContract extends ExecutorFixture {}

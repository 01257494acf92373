package dev.tandem.benchmarks.channels;

/// Both ends of a queue of any library. A fork loads one implementation only, so the calls are
/// inlined as if this interface were not there.
interface Pipe {
  void put(Integer element) throws InterruptedException;

  Integer take() throws InterruptedException;
}

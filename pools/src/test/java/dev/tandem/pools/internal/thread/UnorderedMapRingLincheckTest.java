package dev.tandem.pools.internal.thread;

public class UnorderedMapRingLincheckTest extends MapRingLincheck {
  public UnorderedMapRingLincheckTest() {
    super(false, 2);
  }
}

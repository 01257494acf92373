package dev.tandem.pools.internal;

public class UnorderedMapRingLincheckTest extends MapRingLincheck {
  public UnorderedMapRingLincheckTest() {
    super(false, 2);
  }
}

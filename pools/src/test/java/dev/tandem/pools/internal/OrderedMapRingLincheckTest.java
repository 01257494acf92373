package dev.tandem.pools.internal;

public class OrderedMapRingLincheckTest extends MapRingLincheck {
  public OrderedMapRingLincheckTest() {
    super(true, 1);
  }
}

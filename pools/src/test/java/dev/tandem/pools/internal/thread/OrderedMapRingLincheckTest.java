package dev.tandem.pools.internal.thread;

public class OrderedMapRingLincheckTest extends MapRingLincheck {
  public OrderedMapRingLincheckTest() {
    super(true, 1);
  }
}

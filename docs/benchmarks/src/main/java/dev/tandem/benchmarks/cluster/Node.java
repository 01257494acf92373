package dev.tandem.benchmarks.cluster;

import dev.tandem.cluster.ClusterNode;
import java.io.IOException;
import java.io.OutputStream;

/// A [ClusterNode] that ends with the program that has started it, whatever becomes of that.
public final class Node {
  private Node() {}

  public static void main(String[] args) throws IOException {
    ClusterNode.main(args);
    System.in.transferTo(OutputStream.nullOutputStream()); // until the program is gone
    Runtime.getRuntime().halt(0);
  }
}

package dev.tandem;

/// Whether this JVM has MBeans. A program can be linked without the module `java.management`: then
/// no class of it may be loaded.
final class Management {
  static final boolean PRESENT = ModuleLayer.boot().findModule("java.management").isPresent();

  private Management() {}
}

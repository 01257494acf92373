package dev.tandem.queues;

import java.util.concurrent.ThreadFactory;

/// The kinds of thread that must be able to wait in a channel.
enum ThreadKind {
  PLATFORM {
    @Override
    ThreadFactory factory() {
      return Thread.ofPlatform().daemon().name("platform-", 0).factory();
    }
  },
  VIRTUAL {
    @Override
    ThreadFactory factory() {
      return Thread.ofVirtual().name("virtual-", 0).factory();
    }
  };

  abstract ThreadFactory factory();
}

package dev.tandem.queues.contract;

import java.util.concurrent.ThreadFactory;

/// The kinds of thread that must be able to wait in a channel.
public enum ThreadKind implements ThreadFactory {
  PLATFORM(Thread.ofPlatform().daemon().name("platform-", 0).factory()),
  VIRTUAL(Thread.ofVirtual().name("virtual-", 0).factory());

  private final ThreadFactory factory;

  ThreadKind(ThreadFactory factory) {
    this.factory = factory;
  }

  @Override
  public Thread newThread(Runnable body) {
    return factory.newThread(body);
  }
}

package dev.tandem;

import com.google.common.util.concurrent.MoreExecutors;
import java.util.concurrent.ExecutorService;

/// Guava's executor that runs each task inside `submit`, which people use to make tests
/// deterministic.
class DirectAdapterTest extends AdapterContract {
  @Override
  ExecutorService newDelegate() {
    return MoreExecutors.newDirectExecutorService();
  }

  @Override
  public boolean runsInCaller() {
    return true;
  }

  @Override
  public String lacks(Need need) {
    return switch (need) {
      case BACKGROUND -> "submitting returns only after the body has ended";
      case QUEUE -> "no task ever waits to start";
      case THREAD_FACTORY, SAME_JVM -> super.lacks(need);
    };
  }
}

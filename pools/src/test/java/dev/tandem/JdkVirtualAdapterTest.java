package dev.tandem;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

class JdkVirtualAdapterTest extends AdapterContract {
  @Override
  ExecutorService newDelegate() {
    return Executors.newVirtualThreadPerTaskExecutor();
  }
}

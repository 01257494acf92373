package dev.tandem;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

class CachedPoolAdapterTest extends AdapterContract {
  @Override
  ExecutorService newDelegate() {
    return Executors.newCachedThreadPool();
  }
}

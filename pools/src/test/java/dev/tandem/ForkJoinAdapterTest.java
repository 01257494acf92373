package dev.tandem;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;

class ForkJoinAdapterTest extends AdapterContract {
  @Override
  ExecutorService newDelegate() {
    return new ForkJoinPool(4);
  }
}

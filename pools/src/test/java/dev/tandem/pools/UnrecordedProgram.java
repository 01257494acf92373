package dev.tandem.pools;

import dev.tandem.Tandem;
import dev.tandem.core.Task;
import dev.tandem.queues.Channel;
import dev.tandem.structured.TaskScope;
import java.util.List;

/// Does what Flight Recorder could be told of, and records nothing.
final class UnrecordedProgram {
  private UnrecordedProgram() {}

  public static void main(String[] args) throws Exception {
    Channel<Integer> channel = Tandem.newChannel(1);
    try (var threads = Tandem.newThreadPool(1);
        var workers = Tandem.newProcessPool(1);
        var scope = TaskScope.open()) {
      var taken = threads.submit(Task.of("take", channel::take)); // parks
      scope.fork(() -> {
        channel.put(1);
        return null;
      });
      scope.join();
      channel.close();
      int sum = taken.get() + workers.map(List.of(2, 3), n -> n + 1).mapToInt(n -> n).sum();
      System.out.println("sum " + (sum + workers.submit(() -> 1).get()));
      System.out.println("recorder " + ModuleLayer.boot().findModule("jdk.jfr").isPresent());
    }
  }
}

package dev.tandem.benchmarks.sharing;

import dev.tandem.Tandem;
import dev.tandem.benchmarks.Figures;
import dev.tandem.pools.ProcessPool;
import java.util.Collections;
import java.util.List;

/// Prints how many messages a second go to a worker as the inputs of a `map`.
public final class MappedMessages {
  private MappedMessages() {}

  public static void main(String[] args) throws Exception {
    List<byte[]> messages = Collections.nCopies(Traffic.MESSAGES, new byte[Traffic.MESSAGE_BYTES]);
    try (var pool = Tandem.newProcessPool(1)) {
      new Figures().add("rate", Traffic.messageRate(() -> move(pool, messages))).print();
    }
  }

  private static long move(ProcessPool pool, List<byte[]> messages) {
    try (var lengths = pool.map(messages, message -> message.length)) {
      return lengths.mapToLong(length -> length).sum();
    }
  }
}

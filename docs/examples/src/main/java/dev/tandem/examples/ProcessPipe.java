package dev.tandem.examples;

import dev.tandem.Tandem;
import dev.tandem.queues.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// A pipe to a worker that stays: questions go one way, answers the other, and what the worker has
/// built up is there for the next question.
final class ProcessPipe {
  private ProcessPipe() {}

  static List<Long> sequential(List<Integer> questions) {
    List<Long> answers = new ArrayList<>();
    long seen = 0;
    for (int question : questions) {
      seen += question;
      answers.add(SumOfSquares.sum(question) + seen);
    }
    return answers;
  }

  static List<Long> processes(List<Integer> questions) throws Exception {
    try (var pool = Tandem.newProcessPool(1)) {
      Channel<Integer> there = pool.newChannel(1); // two channels are a pipe
      Channel<Long> back = pool.newChannel(1);
      var peer =
          pool.submit(() -> {
            long seen = 0;
            for (int question : there) {
              seen += question;
              back.put(SumOfSquares.sum(question) + seen);
            }
          });
      List<Long> answers = new ArrayList<>();
      for (int question : questions) {
        there.put(question);
        answers.add(back.take());
      }
      there.close(); // the other side's loop ends
      peer.get();
      return answers;
    }
  }

  static void main() throws Exception {
    List<Integer> questions = IntStream.range(0, 10_000).boxed().toList();
    Timed.print("sequential", () -> sequential(questions).size() + " answers");
    Timed.print("processes", () -> processes(questions).size() + " answers");
  }
}

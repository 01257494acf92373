package dev.tandem.examples;

import static com.google.common.base.Preconditions.checkState;
import static com.google.common.util.concurrent.MoreExecutors.newDirectExecutorService;

import dev.tandem.Tandem;
import dev.tandem.examples.chat.ChatServer;
import dev.tandem.examples.chat.Crowd;
import dev.tandem.examples.chat.OpenFiles;
import java.io.IOException;

/// A chat with 10,000 people. On an executor that runs each connection in the accepting thread, one
/// person after the other is served. On virtual threads all 10,000 are there at the same time; the
/// server's code is the same.
final class Chat {
  private Chat() {}

  /// {@return how many people got their answer}
  static int oneAtATime(Crowd crowd, int people) throws IOException {
    try (var server = ChatServer.start(Tandem.taskExecutor(newDirectExecutorService()))) {
      return crowd.oneByOne(server.port(), people).answers();
    }
  }

  /// {@return how many people got their answer, when all were there and all heard a broadcast}
  static int allAtOnce(Crowd crowd, int people) throws IOException {
    try (var server = ChatServer.start(Tandem.newVirtualThreadExecutor(people))) {
      var report = crowd.allAtOnce(server.port(), people);
      checkState(server.mostMembers() == people, "only %s at once", server.mostMembers());
      checkState(report.heard() == people, "only %s heard the broadcast", report.heard());
      return report.answers();
    }
  }

  static void main() throws Exception {
    int people = OpenFiles.connections(10_000);
    try (var crowd = Crowd.start()) {
      allAtOnce(crowd, 10); // loads classes on both sides
      Timed.print("all at once", () -> "%,d people chatted".formatted(allAtOnce(crowd, people)));
      Timed.print("one at a time", () -> "%,d people chatted".formatted(oneAtATime(crowd, people)));
    }
  }
}

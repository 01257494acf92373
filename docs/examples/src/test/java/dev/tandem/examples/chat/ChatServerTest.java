package dev.tandem.examples.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.util.concurrent.MoreExecutors;
import dev.tandem.Tandem;
import dev.tandem.examples.chat.ChatClients.Report;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.Test;

class ChatServerTest {
  @Test
  void everybodyHearsWhatOneSaysToAll() throws Exception {
    try (var server = ChatServer.start(Tandem.newVirtualThreadExecutor(200))) {
      assertThat(ChatClients.allAtOnce(server.port(), 200)).isEqualTo(new Report(200, 200));
      assertThat(server.mostMembers()).isEqualTo(200);
    }
  }

  @Test
  void theSameServerServesOneAfterTheOther() throws Exception {
    var oneByOne = Tandem.taskExecutor(MoreExecutors.newDirectExecutorService());
    try (var server = ChatServer.start(oneByOne)) {
      assertThat(ChatClients.oneByOne(server.port(), 20)).isEqualTo(new Report(20, 0));
    }
  }

  @Test
  void whoComesWhenTheHouseIsFullWaitsUntilSomebodyLeaves() throws Exception {
    try (var server = ChatServer.start(Tandem.newVirtualThreadExecutor(1))) {
      Line second;
      try (var first = connect(server)) {
        first.send("hello");
        assertThat(first.receive()).isEqualTo("you said hello");
        second = connect(server);
        second.send("me too");
      }
      try (second) {
        assertThat(second.receive()).isEqualTo("you said me too");
      }
    }
  }

  @Test
  void closingHangsUpOnThoseWhoAreThere() throws Exception {
    Line line;
    try (var server = ChatServer.start(Tandem.newVirtualThreadExecutor(10))) {
      line = connect(server);
      await().until(() -> server.mostMembers() == 1);
    }
    try (line) {
      assertThat(line.receive()).isNull();
    }
  }

  private static Line connect(ChatServer server) throws Exception {
    return new Line(new Socket(InetAddress.getLoopbackAddress(), server.port()));
  }
}

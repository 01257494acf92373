package app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class ChatServerProgramTest {
  @Test
  @SuppressWarnings("try") // closing the server early is what ends the program
  void servesManyConnectionsAtOnceAndEndsThemAll() throws Exception {
    List<Socket> clients = new ArrayList<>();
    try (var server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        var out = new Printed()) {
      FutureTask<Void> serving =
          new FutureTask<>(() -> {
            P20ChatServer.serve(server);
            return null;
          });
      Thread.ofVirtual().start(serving);

      for (int i = 0; i < 100; i++) {
        clients.add(new Socket(server.getInetAddress(), server.getLocalPort()));
      }
      for (Socket client : clients.reversed()) { // the last to come speaks first
        say(client, "from " + clients.indexOf(client));
      }
      await().until(() -> out.lines().size() == 100);
      assertThat(out.lines()).contains("from 0", "from 99").doesNotHaveDuplicates();

      server.close(); // accept throws; serve then gives the connections three seconds
      assertThatThrownBy(serving::get)
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(SocketException.class);
      for (Socket client : clients) {
        assertThat(client.getInputStream().read()).isEqualTo(-1);
      }
    } finally {
      for (Socket client : clients) {
        client.close();
      }
    }
  }

  private static void say(Socket client, String line) throws IOException {
    client.getOutputStream().write((line + "\n").getBytes(UTF_8));
  }
}

package dev.tandem.benchmarks.chat;

import dev.tandem.Tandem;
import dev.tandem.core.TaskExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/// A chat server with a virtual thread per connection: what a line says goes back to who said it.
/// Prints its port, then serves until its standard input ends.
public final class ChatServer {
  /// Room for a line. A `BufferedReader` would hold 8,192 characters for each of 10,000 people who
  /// are silent nearly all the time.
  private static final int LINE_BYTES = 64;

  private static final int CONNECTIONS = 10_000;
  private static final int BACKLOG = 4096;
  private static final int WARM_UP_WAVES = 100;
  private static final int WARM_UP_TALKERS = 64;
  private static final int WARM_UP_ROUNDS = 5;

  private ChatServer() {}

  /// @param args none
  public static void main(String[] args) throws IOException {
    try (var listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> accept(listener));
      warmUp(listener);
      System.out.println(listener.getLocalPort());
      while (System.in.read() >= 0) {
        // the process that started this one holds the other end open
      }
    }
    System.exit(0); // the connections are the client's to close
  }

  // A stack that is parked while its code is still interpreted takes 2 KB more than one of compiled
  // code, and keeps them as long as the connection lives. So the server talks to itself before it
  // lets 10,000 people in; in waves, because the outer frames run only once per connection. With
  // -Xbatch the code is compiled by the end of this however busy the machine is.
  private static void warmUp(ServerSocket listener) throws IOException {
    byte[] line = new byte[LINE_BYTES];
    List<Socket> talkers = new ArrayList<>();
    for (int wave = 0; wave < WARM_UP_WAVES; wave++) {
      for (int i = 0; i < WARM_UP_TALKERS; i++) {
        talkers.add(new Socket(listener.getInetAddress(), listener.getLocalPort()));
      }
      for (int round = 0; round < WARM_UP_ROUNDS; round++) {
        for (Socket talker : talkers) {
          talker.getOutputStream().write(line);
        }
        for (Socket talker : talkers) {
          talker.getInputStream().readNBytes(line, 0, line.length);
        }
      }
      for (Socket talker : talkers) {
        talker.close();
      }
      talkers.clear();
    }
  }

  private static void accept(ServerSocket listener) {
    TaskExecutor connections = Tandem.newVirtualThreadExecutor(CONNECTIONS);
    try {
      while (true) {
        Socket socket = listener.accept();
        connections.execute(() -> serve(socket));
      }
    } catch (IOException e) {
      connections.shutdownNow(); // closed
    }
  }

  private static void serve(Socket socket) throws IOException {
    try (socket) {
      var in = socket.getInputStream();
      var out = socket.getOutputStream();
      byte[] line = new byte[LINE_BYTES];
      for (int length; (length = in.read(line)) >= 0; ) {
        out.write(line, 0, length);
      }
    }
  }
}

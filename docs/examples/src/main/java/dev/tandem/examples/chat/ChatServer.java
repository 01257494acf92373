package dev.tandem.examples.chat;

import dev.tandem.core.TaskExecutor;
import dev.tandem.examples.site.Slow;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A chat server. It answers each line, and sends a line that starts with `/all` to everybody.
/// Every connection is a task that reads and writes in plain blocking style; which executor runs
/// these tasks decides how many people can be there at the same time.
public final class ChatServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ChatServer.class);
  private static final int BACKLOG = 4_096;

  private final TaskExecutor connections;
  private final ServerSocket server;
  private final Set<Line> members = ConcurrentHashMap.newKeySet();
  private final AtomicInteger mostMembers = new AtomicInteger();

  private ChatServer(TaskExecutor connections, ServerSocket server) {
    this.connections = connections;
    this.server = server;
  }

  /// {@return a server that is up} It owns the executor and closes it.
  ///
  /// @param connections runs one task per connection
  /// @throws IOException if no port can be opened
  public static ChatServer start(TaskExecutor connections) throws IOException {
    var server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    var chat = new ChatServer(connections, server);
    Thread.ofPlatform().name("chat-accept").daemon().start(chat::acceptAll);
    return chat;
  }

  /// {@return the port to connect to}
  public int port() {
    return server.getLocalPort();
  }

  /// {@return how many people were there at the same time, at most}
  public int mostMembers() {
    return mostMembers.get();
  }

  private void acceptAll() {
    while (true) {
      Socket socket;
      try {
        socket = server.accept();
      } catch (IOException e) {
        if (!server.isClosed()) {
          LOG.error("the chat accepts no client any more", e);
        }
        return;
      }
      welcome(socket);
    }
  }

  private void welcome(Socket socket) {
    try {
      var member = new Line(socket);
      members.add(member);
      mostMembers.accumulateAndGet(members.size(), Math::max);
      connections.execute(() -> talk(member));
    } catch (IOException | RejectedExecutionException e) {
      hangUp(socket); // it left again, or the server is closing
    }
  }

  private void talk(Line member) throws InterruptedException {
    try (member) {
      for (String line; (line = member.receive()) != null; ) {
        Slow.io(1); // keeps the line in a history on disk, say
        if (line.startsWith("/all ")) {
          broadcast(line.substring("/all ".length()));
        } else {
          member.send("you said " + line);
        }
      }
    } catch (IOException e) {
      LOG.debug("a client hung up in the middle of a line", e);
    } finally {
      members.remove(member);
    }
  }

  private void broadcast(String line) {
    for (Line member : members) {
      try {
        member.send(line);
      } catch (IOException e) {
        LOG.debug("a client hung up during a broadcast", e); // the member's own task ends it
      }
    }
  }

  /// Hangs up on everybody and stops.
  @Override
  public void close() throws IOException {
    server.close();
    members.forEach(ChatServer::hangUp); // ends the reads that their tasks wait in
    connections.close(Duration.ofSeconds(5)).forEach(t -> LOG.warn("{} did not stop", t.name()));
  }

  private static void hangUp(AutoCloseable connection) {
    try {
      connection.close();
    } catch (Exception e) {
      LOG.debug("could not hang up", e);
    }
  }
}

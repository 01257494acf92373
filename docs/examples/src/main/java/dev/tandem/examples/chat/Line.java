package dev.tandem.examples.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/// One end of a chat connection: sends and receives lines.
///
/// Ten thousand of these are open at once, so each is small. A `BufferedReader` would hold 24 KB of
/// buffers while it waits for a line; this holds a few dozen bytes.
final class Line implements AutoCloseable {
  private static final int READ_BUFFER = 64;
  private static final int LONGEST = 1_000;

  private final Socket socket;
  private final InputStream in;

  Line(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true); // a chat line should not wait for the next one
    in = new BufferedInputStream(socket.getInputStream(), READ_BUFFER);
  }

  /// {@return the next line, or null when the other end hung up}
  @Nullable String receive() throws IOException {
    var line = new ByteArrayOutputStream();
    for (int next; (next = in.read()) != '\n'; ) {
      if (next == -1) {
        return null;
      }
      if (line.size() == LONGEST) {
        throw new IOException("a line of more than " + LONGEST + " bytes");
      }
      line.write(next);
    }
    return line.toString(UTF_8);
  }

  /// Sends a line. Any thread may; it is one write, so lines of several threads do not mix.
  void send(String line) throws IOException {
    socket.getOutputStream().write((line + "\n").getBytes(UTF_8));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

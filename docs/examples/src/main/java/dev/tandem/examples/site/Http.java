package dev.tandem.examples.site;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;

/// The JDK's HTTP client, used in the plain way: a call blocks its thread until the answer is
/// there. On a virtual thread that costs next to nothing, and an interrupt ends the call.
public final class Http {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private Http() {}

  /// {@return the text at an address}
  ///
  /// @param url the address
  /// @throws IOException if there is no answer, or one with a status other than 200
  /// @throws InterruptedException if interrupted
  public static String get(URI url) throws IOException, InterruptedException {
    return send(url, BodyHandlers.ofString(UTF_8));
  }

  /// Downloads a file.
  ///
  /// @param url its address
  /// @param target where it goes
  /// @return `target`
  /// @throws IOException if there is no answer, or one with a status other than 200
  /// @throws InterruptedException if interrupted
  public static Path download(URI url, Path target) throws IOException, InterruptedException {
    return send(url, BodyHandlers.ofFile(target));
  }

  private static <T> T send(URI url, BodyHandler<T> body) throws IOException, InterruptedException {
    HttpResponse<T> response = CLIENT.send(HttpRequest.newBuilder(url).build(), body);
    if (response.statusCode() != 200) {
      throw new IOException(url.getPath() + " answered " + response.statusCode());
    }
    return response.body();
  }
}

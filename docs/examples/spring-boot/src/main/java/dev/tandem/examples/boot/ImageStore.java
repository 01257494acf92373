package dev.tandem.examples.boot;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// Another service, in which images are kept.
@Component
class ImageStore {
  private final HttpClient client = HttpClient.newHttpClient();
  private final URI address;

  ImageStore(@Value("${thumbnails.store}") URI address) {
    this.address = address;
  }

  byte[] fetch(String name) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(address.resolve(name)).build();
    HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new IOException("the store answered " + answer.statusCode());
    }
    return answer.body();
  }
}

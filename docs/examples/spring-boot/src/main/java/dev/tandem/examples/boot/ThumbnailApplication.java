package dev.tandem.examples.boot;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/// The service. Its images come from anyone, so they are decoded in processes of their own.
@SpringBootApplication
public class ThumbnailApplication {
  /// Starts the service.
  ///
  /// @param arguments settings, as Spring Boot takes them
  public static void main(String[] arguments) {
    SpringApplication.run(ThumbnailApplication.class, arguments);
  }
}

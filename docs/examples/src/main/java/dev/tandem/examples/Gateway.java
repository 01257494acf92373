package dev.tandem.examples;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.tandem.Tandem;
import dev.tandem.core.Outcome.Cancelled;
import dev.tandem.core.Outcome.Failure;
import dev.tandem.core.Outcome.Success;
import dev.tandem.core.Settled;
import dev.tandem.examples.site.Http;
import dev.tandem.examples.site.LoopbackSite;
import java.io.IOException;
import java.util.List;

/// An API gateway: one answer out of three services, one of which is down. What works is served,
/// and the answer says what is missing.
final class Gateway {
  private Gateway() {}

  static final List<String> SERVICES = List.of("users", "prices", "stock");

  static JsonObject sequential(LoopbackSite site) throws InterruptedException {
    var answer = new JsonObject();
    for (String service : SERVICES) {
      try {
        answer.add(service, JsonParser.parseString(Http.get(site.at("/api/" + service))));
      } catch (IOException e) {
        answer.addProperty(service, "error: " + e.getMessage());
      }
    }
    return answer;
  }

  static JsonObject concurrent(LoopbackSite site) {
    var answer = new JsonObject();
    try (var net = Tandem.newVirtualThreadExecutor();
        var calls = net.mapSettled(SERVICES, service -> Http.get(site.at("/api/" + service)))) {
      calls.forEach(call -> {
        switch (call) {
          case Settled(var service, Success(var json)) ->
              answer.add(service, JsonParser.parseString(json));
          case Settled(var service, Failure(var e)) ->
              answer.addProperty(service, "error: " + e.getMessage());
          case Settled(var service, Cancelled()) -> answer.addProperty(service, "error: cancelled");
        }
      });
    }
    return answer;
  }

  static void main() throws Exception {
    try (var site = LoopbackSite.start()) {
      sequential(site); // so that neither way pays for loading classes
      Timed.print("sequential", () -> sequential(site));
      Timed.print("concurrent", () -> concurrent(site));
    }
  }
}

package dev.tandem.examples;

import com.google.common.collect.ImmutableMap;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.tandem.core.Outcome.Cancelled;
import dev.tandem.core.Outcome.Failure;
import dev.tandem.core.Outcome.Success;
import dev.tandem.examples.site.Http;
import dev.tandem.examples.site.LoopbackSite;
import dev.tandem.structured.TaskScope;
import dev.tandem.structured.TaskScope.Joiner;
import dev.tandem.structured.TaskScope.Subtask;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// An API gateway: one answer out of three services, one of which is down. What works and comes in
/// time is served, and the answer says what is missing. A call that is too late is over when the
/// answer is given: no thread is left behind that waits for it.
final class Gateway {
  private Gateway() {}

  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  static Map<String, URI> services(LoopbackSite site) {
    return ImmutableMap.of(
        "users", site.at("/api/users"),
        "prices", site.at("/api/prices"),
        "stock", site.at("/api/stock"));
  }

  static JsonObject sequential(LoopbackSite site) throws InterruptedException {
    var answer = new JsonObject();
    for (var service : services(site).entrySet()) {
      try {
        answer.add(service.getKey(), JsonParser.parseString(Http.get(service.getValue())));
      } catch (IOException e) {
        answer.add(service.getKey(), error(e));
      }
    }
    return answer;
  }

  static JsonObject concurrent(LoopbackSite site) throws InterruptedException {
    return aggregate(services(site), TIMEOUT);
  }

  static JsonObject aggregate(Map<String, URI> services, Duration timeout)
      throws InterruptedException {
    try (var scope =
        TaskScope.open(
            Joiner.<String>allSettled(), cf -> cf.withName("gateway").withTimeout(timeout))) {
      Map<String, Subtask<String>> calls = new LinkedHashMap<>();
      services.forEach((name, url) -> calls.put(name, scope.fork(name, () -> Http.get(url))));
      scope.join();
      var answer = new JsonObject();
      calls.forEach((name, call) ->
          answer.add(
              name,
              switch (call.outcome()) {
                case Success(var json) -> JsonParser.parseString(json);
                case Failure(var e) -> error(e);
                case Cancelled() -> new JsonPrimitive("too late");
              }));
      return answer;
    }
  }

  private static JsonElement error(Throwable e) {
    return new JsonPrimitive("error: " + e.getMessage());
  }

  static void main() throws Exception {
    try (var site = LoopbackSite.start()) {
      sequential(site); // so that neither way pays for loading classes
      Timed.print("sequential", () -> sequential(site));
      Timed.print("concurrent", () -> concurrent(site));
    }
  }
}

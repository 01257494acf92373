package dev.tandem.examples;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import dev.tandem.Tandem;
import dev.tandem.examples.site.Http;
import dev.tandem.examples.site.LoopbackSite;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/// Fetches JSON from three endpoints and puts one object together. The three answers have three
/// types, so here are three futures and no `map`.
final class FetchJson {
  private FetchJson() {}

  record User(int id, String name) {}

  record Post(int user, String title) {}

  record Dashboard(List<User> users, List<Post> posts, Map<String, Double> prices) {}

  private static final Gson GSON = new Gson();

  private static List<User> users(LoopbackSite site) throws IOException, InterruptedException {
    return GSON.fromJson(Http.get(site.at("/api/users")), new TypeToken<List<User>>() {});
  }

  private static List<Post> posts(LoopbackSite site) throws IOException, InterruptedException {
    return GSON.fromJson(Http.get(site.at("/api/posts")), new TypeToken<List<Post>>() {});
  }

  private static Map<String, Double> prices(LoopbackSite site)
      throws IOException, InterruptedException {
    return GSON.fromJson(Http.get(site.at("/api/prices")), new TypeToken<Map<String, Double>>() {});
  }

  static Dashboard sequential(LoopbackSite site) throws IOException, InterruptedException {
    return new Dashboard(users(site), posts(site), prices(site));
  }

  static Dashboard concurrent(LoopbackSite site) throws ExecutionException, InterruptedException {
    try (var net = Tandem.newVirtualThreadExecutor()) {
      Future<List<User>> users = net.submit(() -> users(site));
      Future<List<Post>> posts = net.submit(() -> posts(site));
      Future<Map<String, Double>> prices = net.submit(() -> prices(site));
      return new Dashboard(users.get(), posts.get(), prices.get());
    }
  }

  static void main() throws Exception {
    try (var site = LoopbackSite.start()) {
      sequential(site); // so that neither way pays for loading classes
      Timed.print("sequential", () -> sequential(site));
      Timed.print("concurrent", () -> concurrent(site));
    }
  }
}

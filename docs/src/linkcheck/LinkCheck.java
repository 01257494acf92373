import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/// Fails when a page of the generated site links to a file or a place in a file that is not there.
/// Run by the build after javadoc, which does not look at links from one page to another: `java -cp
/// jsoup.jar LinkCheck.java target/site`. Links that leave the site are not followed: a build needs
/// no network.
class LinkCheck {
  private final Path site;
  private final Map<Path, Document> pages = new HashMap<>();
  private final Map<Path, Set<String>> anchors = new HashMap<>();
  private final Set<String> dead = new TreeSet<>();
  private int checked;

  LinkCheck(Path site) {
    this.site = site;
  }

  public static void main(String[] args) throws IOException {
    if (args.length != 1 || !Files.isRegularFile(Path.of(args[0], "index.html"))) {
      System.err.println("usage: java LinkCheck.java SITE (expected: a folder with an index.html)");
      System.exit(2);
    }
    System.exit(new LinkCheck(Path.of(args[0]).toRealPath()).run());
  }

  private int run() throws IOException {
    try (Stream<Path> files = Files.walk(site)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".html")).toList()) {
        pages.put(file, Jsoup.parse(file, "UTF-8"));
      }
    }
    pages.forEach((file, page) -> anchors.put(file, anchorsOf(page)));
    pages.forEach(this::checkPage);
    if (dead.isEmpty()) {
      System.out.println(checked + " links in " + pages.size() + " pages, none dead");
      return 0;
    }
    System.err.println(dead.size() + " dead links:");
    dead.forEach(System.err::println);
    return 1;
  }

  private static Set<String> anchorsOf(Document page) {
    Set<String> found = new HashSet<>(page.select("[id]").eachAttr("id"));
    found.addAll(page.select("a[name]").eachAttr("name"));
    return found;
  }

  private void checkPage(Path file, Document page) {
    for (Element e : page.select("[href]")) {
      checkLink(file, e.attr("href"));
    }
    for (Element e : page.select("[src]")) {
      checkLink(file, e.attr("src"));
    }
  }

  private void checkLink(Path file, String link) {
    if (link.startsWith("javascript:") || link.startsWith("data:")) {
      return;
    }
    checked++;
    URI uri;
    try {
      uri = URI.create(link);
    } catch (IllegalArgumentException e) {
      report(file, link);
      return;
    }
    if (uri.getScheme() != null || uri.getAuthority() != null) {
      if (!"https".equals(uri.getScheme()) && !"http".equals(uri.getScheme())) {
        report(file, link);
      }
      return;
    }
    String path = uri.getPath();
    Path target = path.isEmpty() ? file : file.resolveSibling(path).normalize();
    if (!target.startsWith(site) || !Files.isRegularFile(target)) {
      report(file, link);
      return;
    }
    String place = uri.getRawFragment();
    if (place != null
        && !place.isEmpty()
        && pages.containsKey(target)
        && !anchors.get(target).contains(URLDecoder.decode(place.replace("+", "%2B"), UTF_8))) {
      report(file, link);
    }
  }

  private void report(Path file, String link) {
    dead.add("  " + site.relativize(file) + ": " + link);
  }
}

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;

/// Fails when an artifact of a release is missing or lacks what a public repository, or a user of
/// it, expects. Run by the profile `release` after everything is built: `java ReleaseCheck.java
/// ROOT VERSION`.
class ReleaseCheck {
  private static final String GUIDE = "dev.tandem/dev/tandem/doc-files/";
  private static final Map<String, String> PUBLISHED =
      Map.of(
          "core", "tandem-core",
          "queues", "tandem-queues",
          "structured", "tandem-structured",
          "pools", "tandem",
          "pools/cluster", "tandem-cluster");

  /// What children inherit: a child may not lack a name of its own beside it.
  private static final List<String> OF_THE_PARENT =
      List.of(
          "name",
          "description",
          "url",
          "licenses/license/name",
          "licenses/license/url",
          "developers/developer/name",
          "developers/developer/email",
          "scm/connection",
          "scm/developerConnection",
          "scm/url",
          "issueManagement/url");

  private final Path root;
  private final String version;
  private final XPath xpath = XPathFactory.newInstance().newXPath();
  private final List<String> problems = new ArrayList<>();
  private long bytes;

  ReleaseCheck(Path root, String version) {
    this.root = root;
    this.version = version;
  }

  public static void main(String[] args) throws Exception {
    if (args.length != 2) {
      System.err.println("usage: java ReleaseCheck.java ROOT VERSION");
      System.exit(2);
    }
    System.exit(new ReleaseCheck(Path.of(args[0]).toRealPath(), args[1]).run());
  }

  private int run() throws Exception {
    metadata("pom.xml", OF_THE_PARENT);
    metadata("pools/bom/target/flattened-pom.xml", OF_THE_PARENT);
    absent("pools/bom/target/flattened-pom.xml", "project/parent");
    for (var each : PUBLISHED.entrySet()) {
      metadata(each.getKey() + "/pom.xml", List.of("name", "description"));
      artifacts(root.resolve(each.getKey(), "target"), each.getValue() + "-" + version);
    }
    problems.forEach(System.err::println);
    if (problems.isEmpty()) {
      System.out.println("The release is complete; its five jars have " + bytes + " bytes");
    }
    return problems.isEmpty() ? 0 : 1;
  }

  private void metadata(String pom, List<String> expected) throws Exception {
    Document xml = parse(root.resolve(pom));
    for (String element : expected) {
      if (xpath.evaluate("/project/" + element, xml).isBlank()) {
        problems.add(pom + ": expected <" + element.replace("/", "><") + ">");
      }
    }
    String unpublished =
        "/project/dependencies/dependency[not(scope)]/groupId[.='dev.tandem']/../artifactId";
    var found =
        (org.w3c.dom.NodeList)
            xpath.evaluate(unpublished, xml, javax.xml.xpath.XPathConstants.NODESET);
    for (int i = 0; i < found.getLength(); i++) {
      if (!PUBLISHED.containsValue(found.item(i).getTextContent())) {
        problems.add(pom + ": needs the unpublished " + found.item(i).getTextContent());
      }
    }
  }

  private void absent(String pom, String element) throws Exception {
    if (!xpath.evaluate("/" + element, parse(root.resolve(pom))).isEmpty()) {
      problems.add(pom + ": expected no <" + element + ">");
    }
  }

  private static Document parse(Path pom) throws Exception {
    var factory = DocumentBuilderFactory.newInstance();
    try (InputStream in = Files.newInputStream(pom)) {
      return factory.newDocumentBuilder().parse(in);
    }
  }

  private void artifacts(Path target, String name) throws IOException {
    Set<String> classes = entries(target.resolve(name + ".jar"));
    Set<String> sources = entries(target.resolve(name + "-sources.jar"));
    Set<String> javadoc = entries(target.resolve(name + "-javadoc.jar"));
    bytes += target.resolve(name + ".jar").toFile().length(); // 0 if it is missing
    expect(name + ".jar", classes, Set.of("module-info.class"));
    expect(name + "-sources.jar", sources, sourcesOf(classes));
    expect(name + "-javadoc.jar", javadoc, Set.of("index.html", "element-list"));
    if (name.equals("tandem-" + version)) {
      try (var pages = Files.list(root.resolve("pools/src/main/java/dev/tandem/doc-files"))) {
        expect(
            name + "-javadoc.jar",
            javadoc,
            pages.map(ReleaseCheck::page).collect(Collectors.toSet()));
      }
    }
    for (String kind : List.of("json", "xml")) {
      Path bill = target.resolve(name + "-cyclonedx." + kind);
      if (!Files.isRegularFile(bill)) {
        problems.add("expected the bill of materials " + bill);
      } else if (Files.readString(bill).contains("junit")) {
        problems.add(bill + ": has test dependencies");
      }
    }
  }

  private static String page(Path source) {
    return GUIDE + source.getFileName().toString().replace(".md", ".html");
  }

  private static Set<String> sourcesOf(Set<String> classes) {
    return classes.stream()
        .filter(name -> name.endsWith(".class") && !name.contains("$"))
        .map(name -> name.replace(".class", ".java"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void expect(String jar, Set<String> entries, Set<String> expected) {
    expected.stream()
        .filter(e -> !entries.contains(e))
        .forEach(e -> problems.add(jar + ": expected " + e));
  }

  private Set<String> entries(Path jar) throws IOException {
    if (!Files.isRegularFile(jar)) {
      problems.add("expected " + jar);
      return Set.of();
    }
    try (var zip = new ZipFile(jar.toFile())) {
      return zip.stream().map(Object::toString).collect(Collectors.toSet());
    }
  }
}

package dev.tandem.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Checks docs/COVERAGE.md: that no name of Python's is missing, and that what it names is there.
 */
class CoverageTest {
  private static final Path COVERAGE = Sources.ROOT.resolve("docs/COVERAGE.md");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)]+)\\)");

  private static final List<String> THREADING =
      names(
          """
          threading.Thread | start | join | results[i] | Lock | RLock | Condition |
          Semaphore | BoundedSemaphore | Barrier | counter += 1 | Event | threading.local |
          Timer | contextvars | list | dict | set | deque
          """);
  private static final List<String> QUEUE =
      names(
          """
          queue.Queue | put | get | maxsize | timeout | queue.Full | queue.Empty |
          put_nowait | get_nowait | qsize | SimpleQueue | LifoQueue | PriorityQueue | None |
          task_done | Queue.join | shutdown | ShutDown
          """);
  private static final List<String> FUTURES =
      names(
          """
          ThreadPoolExecutor | with | submit | max_workers | initializer |
          thread_name_prefix | min(32, cpus + 4) | executor.map | chunksize | buffersize |
          as_completed | wait | FIRST_COMPLETED | FIRST_EXCEPTION | ALL_COMPLETED |
          Future.result(timeout) | cancel | exception | add_done_callback |
          ProcessPoolExecutor | max_tasks_per_child | terminate_workers | kill_workers |
          BrokenProcessPool
          """);
  private static final List<String> PROCESSES =
      names(
          """
          multiprocessing.Process | Pool.map | Pool.map_async | Pool.starmap | Pool.apply |
          Pool.apply_async | Pool.imap | Pool.imap_unordered | __main__ | spawn |
          PicklingError | Value | Array | shared_memory | Manager | BaseManager |
          multiprocessing.Queue | JoinableQueue | Pipe
          """);
  private static final List<String> ASYNCIO =
      names(
          """
          asyncio.run | async def | await | asyncio.sleep | async with | async for | aiohttp |
          gather | gather(return_exceptions=True) | wait_for | asyncio.timeout |
          TimeoutError | TaskGroup | create_task | ExceptionGroup | shield | asyncio.Queue |
          asyncio.Semaphore | asyncio.Lock | run_in_executor | to_thread | BackgroundTasks |
          start_server | asyncio | multiprocessing
          """);
  private static final List<String> IN_WORDS =
      names(
          """
          future -> url | the event loop | swap, the API is identical | N sentinels |
          mixed and hybrid pipelines | 10,000+ connections | choosing a model |
          pitfalls tables | best practices | test strategies
          """);

  private static final Sources SOURCES = new Sources();

  private final List<List<String>> things = rows("## Python's things");
  private final List<List<String>> programs = rows("## Programs");
  private final List<List<String>> mistakes = rows("## Mistakes not ported");

  @Test
  void everyNameOfPythonsHasARow() {
    List<String> names =
        things.stream().flatMap(row -> all(CODE, row.getFirst())).distinct().toList();
    assertThat(names)
        .containsAll(THREADING)
        .containsAll(QUEUE)
        .containsAll(FUTURES)
        .containsAll(PROCESSES)
        .containsAll(ASYNCIO);
    String words = things.stream().map(List::getFirst).reduce("", String::concat);
    assertThat(words).contains(IN_WORDS);
  }

  @Test
  void everyRowSaysWhoGivesItAndShowsIt() {
    assertThat(things)
        .allSatisfy(row -> {
          assertThat(row).hasSize(4);
          assertThat(row.get(1)).isNotBlank();
          assertThat(row.get(2)).isIn("J", "T", "J, T", "T, J");
          assertThat(Stream.concat(all(CODE, row.get(3)), all(LINK, row.get(3)))).isNotEmpty();
        });
    assertThat(mistakes)
        .hasSize(10)
        .allSatisfy(row -> {
          assertThat(row).hasSize(3);
          assertThat(all(CODE, row.get(2))).isNotEmpty().allMatch(target -> target.contains("#"));
        });
  }

  @Test
  void everyProgramHasAClassAndATest() {
    assertThat(programs)
        .allSatisfy(row -> {
          assertThat(row).hasSize(3);
          assertThat(all(CODE, row.get(1))).isNotEmpty().anyMatch(SOURCES::isProgram);
          assertThat(all(CODE, row.get(2))).isNotEmpty().allMatch(t -> t.contains("Test"));
        });
  }

  @Test
  void everyClassWithAMainIsAProgramInTheList() {
    List<String> listed = programs.stream().flatMap(row -> all(CODE, row.get(1))).toList();
    List<String> runnable =
        Sources.files(Sources.PROGRAMS.resolve("dev/tandem/examples"), ".java")
            .filter(file -> Sources.read(file).contains("static void main("))
            .map(file -> file.getFileName().toString().replace(".java", ""))
            .filter(name -> !name.equals("ChatClients")) // the other side of Chat
            .toList();
    assertThat(listed).containsAll(runnable);
  }

  @Test
  void whatIsNamedIsThere() {
    Stream<String> shown =
        Stream.of(
                things.stream().map(row -> row.get(3)),
                programs.stream().map(row -> row.get(1) + row.get(2)),
                mistakes.stream().map(row -> row.get(2)))
            .flatMap(cells -> cells)
            .flatMap(cell -> all(CODE, cell));
    assertThat(shown.map(CoverageTest::problemWith).filter(problem -> !problem.isEmpty()))
        .isEmpty();
  }

  @Test
  void everyLinkLeadsToAPageAndAHeading() {
    Stream<String> links = all(LINK, Sources.read(COVERAGE));
    assertThat(links.map(CoverageTest::problemWithLink).filter(problem -> !problem.isEmpty()))
        .isEmpty();
  }

  @Test
  void theGuidesTableNamesEveryPage() {
    String guide = Sources.read(Sources.PAGES.resolve("guide.md"));
    assertThat(Sources.files(Sources.PAGES, ".md").map(p -> p.getFileName().toString()))
        .filteredOn(page -> !page.equals("guide.md"))
        .allSatisfy(page -> assertThat(guide).contains("](" + page.replace(".md", ".html") + ")"));
  }

  /** Tells what is wrong with `Class`, `SomeTest`, `SomeTest#method`, `SomeTest:snippet`. */
  private static String problemWith(String target) {
    String[] parts = target.split("[#:]", 2);
    String name = parts[0];
    if (!SOURCES.problemWithClass(name).isEmpty()) {
      return SOURCES.problemWithClass(name);
    }
    if (target.contains(":")) {
      if (!SOURCES.hasRegion(name, parts[1])) {
        return target + ": there is no such snippet";
      }
      return SOURCES.isQuoted(name, parts[1]) ? "" : target + ": no page quotes it";
    }
    if (target.contains("#")) {
      return SOURCES.hasTest(name, parts[1]) ? "" : target + ": there is no such test";
    }
    return name.endsWith("Test") && !SOURCES.hasTests(name) ? name + " has no tests" : "";
  }

  private static String problemWithLink(String link) {
    String[] parts = link.split("#", 2);
    Path file = COVERAGE.resolveSibling(parts[0]).normalize();
    if (!Files.isRegularFile(file)) {
      return link + ": there is no such file";
    }
    boolean found = parts.length == 1 || Sources.anchors(file).contains(parts[1]);
    return found ? "" : link + ": there is no such heading";
  }

  /** Gives the cells of the rows of the table below a heading. */
  private static List<List<String>> rows(String heading) {
    List<String> lines = Sources.read(COVERAGE).lines().toList();
    return lines.subList(lines.indexOf(heading) + 1, lines.size()).stream()
        .takeWhile(line -> !line.startsWith("## "))
        .filter(line -> line.startsWith("|"))
        .skip(2) // the head, and the line below it
        .map(line -> Splitter.on('|').trimResults().splitToList(line))
        .map(cells -> cells.subList(1, cells.size() - 1))
        .toList();
  }

  private static List<String> names(String text) {
    return Splitter.on('|').trimResults().splitToList(text.replace('\n', ' '));
  }

  private static Stream<String> all(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(match -> match.group(1));
  }
}

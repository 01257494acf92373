package dev.tandem.examples;

import static com.google.common.base.Preconditions.checkState;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import com.google.gson.JsonObject;
import dev.tandem.examples.FetchJson.Dashboard;
import dev.tandem.examples.Scrape.Scraped;
import dev.tandem.examples.chat.Crowd;
import dev.tandem.examples.cluster.Nodes;
import dev.tandem.examples.showcase.Program;
import dev.tandem.examples.site.LoopbackSite;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// What the showcase runs, in this order. A new program is one more entry.
final class Programs {
  private static final int WORDS = 5_000_000;
  private static final int PARTS = 20_000;

  private Programs() {}

  /// {@return the programs}
  ///
  /// @param site what they fetch from
  /// @param directory where they download to
  /// @param crowd who comes to the chat
  /// @param people how many people come to the chat
  /// @param nodes what computes, and what is killed
  static List<Program<?>> all(
      LoopbackSite site, Path directory, Crowd crowd, int people, Nodes nodes) {
    List<URI> three = site.pages(3);
    List<URI> forty = site.pages(40);
    List<URI> hundred = site.pages(100);
    List<URI> files = site.files(8);
    List<URI> addresses = Gather.addresses(site);
    List<URI> stuck = FetchWithTimeout.someStuck(site);
    Duration timeout = Duration.ofSeconds(1);
    List<Long> limits = SumOfSquares.limits(8, 200_000_000);
    List<Datasets.Dataset> datasets = Datasets.datasets(8);
    List<Long> steps = LiveProgress.inputs(10_000);
    List<Integer> questions = IntStream.range(0, 10_000).boxed().toList();
    int chunks = 10_000_000 / SampleStatistics.CHUNK;
    byte[] text = WordCount.text(WORDS);
    return List.of(
        new Program<>(
            "fetch 3 pages",
            () -> FetchPages.sequential(three),
            () -> FetchPages.pool(three),
            Programs::pages),
        new Program<>(
            "fetch 8 pages, 3 stuck",
            () -> FetchWithTimeout.sequential(stuck, timeout),
            () -> FetchWithTimeout.concurrent(stuck, timeout),
            Programs::timeouts),
        new Program<>(
            "JSON from 3 endpoints",
            () -> FetchJson.sequential(site),
            () -> FetchJson.concurrent(site),
            Programs::dashboard),
        new Program<>(
            "gateway, 1 of 3 down",
            () -> Gateway.sequential(site),
            () -> Gateway.concurrent(site),
            Programs::gateway),
        new Program<>(
            "gather 12 answers, 2 fail",
            () -> Gather.sequential(addresses),
            () -> Gather.concurrent(addresses),
            Programs::gathered),
        new Program<>(
            "task group books a trip",
            TaskGroup::sequential,
            TaskGroup::concurrent,
            Programs::trip),
        new Program<>(
            "download 8 files",
            () -> Downloads.sequential(files, directory),
            () -> Downloads.concurrent(files, directory),
            Programs::downloads),
        new Program<>(
            "scrape 100 pages",
            () -> Scrape.sequential(hundred),
            () -> Scrape.concurrent(hundred),
            Programs::scraped),
        new Program<>(
            "pipeline, 2 feed 3",
            () -> DataPipeline.sequential(150),
            () -> DataPipeline.concurrent(150),
            Programs::pipeline),
        new Program<>(
            "producer, 3 consumers",
            () -> ProducerConsumers.sequential(200),
            () -> ProducerConsumers.threads(200),
            Programs::orders),
        new Program<>(
            "3 feeds, 1 select loop",
            () -> Feeds.sequential(100),
            () -> Feeds.concurrent(100),
            Programs::feeds),
        new Program<>(
            "count 400 visits",
            () -> Counters.visitsSequential(400),
            () -> Counters.visitsConcurrent(400),
            Programs::visits),
        new Program<>(
            "two overlapping workers",
            OverlappingWorkers::sequential,
            OverlappingWorkers::concurrent,
            Programs::workers),
        new Program<>(
            "10 sign-ups, mail later",
            SignUps::sequential,
            SignUps::inBackground,
            Programs::signUps),
        new Program<>(
            "8 sums, threads",
            () -> SumOfSquares.sequential(limits),
            () -> SumOfSquares.threads(limits),
            sums -> sums(sums, limits)),
        new Program<>(
            "8 sums, processes",
            () -> SumOfSquares.sequential(limits),
            () -> SumOfSquares.processes(limits),
            sums -> sums(sums, limits)),
        new Program<>(
            "8 sums, 2 nodes, 1 killed",
            () -> SumOfSquares.sequential(limits),
            () -> ClusterSums.oneNodeKilled(nodes, limits),
            sums -> sums(sums, limits)),
        new Program<>(
            "8 datasets, threads",
            () -> Datasets.sequential(datasets),
            () -> Datasets.threads(datasets),
            Programs::datasets),
        new Program<>(
            "hybrid: fetch, then hash",
            () -> Hybrid.sequential(forty),
            () -> Hybrid.concurrent(forty),
            Programs::hybrid),
        new Program<>(
            "resize 1,000 images",
            () -> ResizeImages.sequential(1_000),
            () -> ResizeImages.processes(1_000, _ -> {}),
            Programs::images),
        new Program<>(
            "10 million samples, FFT",
            () -> SampleStatistics.sequential(chunks),
            () -> SampleStatistics.processes(chunks),
            Programs::statistics),
        new Program<>(
            "count words, shared",
            () -> WordCount.sequential(text),
            () -> WordCount.processes(text, _ -> {}),
            Programs::words),
        new Program<>(
            "live progress",
            () -> LiveProgress.sequential(steps),
            () -> LiveProgress.processes(steps),
            Programs::progress),
        new Program<>(
            "processes in a line",
            () -> ProcessPipeline.sequential(PARTS),
            () -> ProcessPipeline.processes(PARTS),
            Programs::parts),
        new Program<>(
            "a pipe to a process",
            () -> ProcessPipe.sequential(questions),
            () -> ProcessPipe.processes(questions),
            Programs::answers),
        new Program<>(
            "survive 3 disasters",
            Disasters::sequential,
            Disasters::concurrent,
            Programs::disasters),
        new Program<>(
            "chat with %,d people".formatted(people),
            () -> Chat.oneAtATime(crowd, people),
            () -> Chat.allAtOnce(crowd, people),
            answers -> chat(answers, people)));
  }

  private static String pages(List<String> titles) {
    checkState(titles.equals(List.of("Page 1", "Page 2", "Page 3")), "titles: %s", titles);
    return String.join(", ", titles);
  }

  private static String timeouts(List<String> lines) {
    long late = lines.stream().filter(line -> line.endsWith("no answer in 1000 ms")).count();
    checkState(lines.size() == 8 && late == 3, "%s", lines);
    return "5 pages; 3 stopped after 1 s";
  }

  private static String dashboard(Dashboard d) {
    checkState(d.users().size() == 2 && d.posts().size() == 3 && d.prices().size() == 2, "%s", d);
    return "2 users, 3 posts, 2 prices in one object";
  }

  private static String gateway(JsonObject answer) {
    String stock = answer.get("stock").getAsString();
    checkState(answer.size() == 3 && answer.get("users").isJsonArray(), "%s", answer);
    checkState(stock.equals("error: /api/stock answered 503"), "%s", stock);
    return "2 answers and \"" + stock + "\"";
  }

  private static String gathered(List<String> lines) {
    List<String> failed = lines.stream().filter(line -> line.contains("answered")).toList();
    checkState(lines.size() == 12, "%s", lines);
    checkState(
        failed.equals(List.of("/api/stock answered 503", "/nowhere answered 404")), "%s", failed);
    return "10 pages, each failure in its place";
  }

  private static String trip(TaskGroup.Trip trip) throws InterruptedException {
    checkState(
        trip.equals(new TaskGroup.Trip("flight booked", "hotel booked", "car booked")), "%s", trip);
    List<String> log = TaskGroup.soldOut();
    checkState(log.size() == 3 && log.getLast().equals("no car left"), "%s", log);
    return "3 booked; with no car left, the other 2 undone";
  }

  private static String downloads(List<HashCode> checksums) {
    for (int i = 0; i < checksums.size(); i++) {
      HashCode expected = Hashing.sha256().hashBytes(LoopbackSite.fileContent(i + 1));
      checkState(checksums.get(i).equals(expected), "file %s is damaged", i + 1);
    }
    return "8 files of 256 KB, SHA-256 right";
  }

  private static String scraped(List<Scraped> pages) {
    int prices = pages.stream().mapToInt(Scraped::price).sum();
    long links = pages.stream().mapToLong(page -> page.links().size()).sum();
    checkState(pages.size() == 100 && prices == 5050 && links == 500, "%s %s", prices, links);
    return "500 links, prices add up to 5,050";
  }

  private static String pipeline(List<DataPipeline.Square> squares) {
    checkState(squares.equals(DataPipeline.expected(150)), "%s", squares);
    return "300 readings squared, none lost, none twice";
  }

  private static String orders(List<String> shipped) {
    checkState(shipped.size() == 200 && Set.copyOf(shipped).size() == 200, "%s", shipped);
    return "200 orders shipped, none lost, none twice";
  }

  private static String feeds(List<String> log) {
    checkState(log.equals(Feeds.expected(100)), "%s", log);
    return "300 lines in one log, none lost, none twice";
  }

  private static String visits(long count) throws Exception {
    checkState(count == 400, "counted %s", count);
    return "400 counted; " + Counters.race();
  }

  private static String workers(List<List<String>> logs) {
    checkState(logs.stream().allMatch(log -> log.size() == 5), "%s", logs);
    return "5 steps each, all done";
  }

  private static String signUps(SignUps.Report report) {
    checkState(report.mailed().size() == 9 && report.logged().size() == 10, "%s", report);
    checkState(report.failed().equals(Set.of("mail @")), "%s", report);
    return "9 mailed, 10 logged, 1 failure noticed";
  }

  private static String sums(List<Long> sums, List<Long> limits) {
    for (int i = 0; i < sums.size(); i++) {
      checkState(sums.get(i) == SumOfSquares.formula(limits.get(i)), "%s", sums);
    }
    return "the same line on threads, in processes, on nodes";
  }

  private static String datasets(List<Datasets.Summary> summaries) {
    boolean even = summaries.stream().allMatch(s -> Math.abs(s.median() - 0.5) < 0.01);
    checkState(summaries.size() == 8 && even, "%s", summaries);
    return "mean, median and percentile of 16 million numbers";
  }

  private static String hybrid(List<String> prints) {
    checkState(prints.size() == 40 && Set.copyOf(prints).size() == 40, "%s", prints);
    return "40 pages: virtual threads fetch, processes hash";
  }

  private static String images(List<ResizeImages.Resized> images) {
    List<ResizeImages.Resized> failed =
        images.stream().filter(image -> !image.problem().isEmpty()).toList();
    checkState(images.size() == 1_000 && failed.size() == 1, "%s", failed);
    return "999 resized; " + failed.getFirst().problem();
  }

  private static String statistics(List<SampleStatistics.Statistics> chunks) {
    for (int i = 0; i < chunks.size(); i++) {
      checkState(chunks.get(i).peak() == SampleStatistics.frequency(i), "chunk %s", i);
    }
    return "%d spectra, each with its peak".formatted(chunks.size());
  }

  private static String words(Map<String, Long> counts) {
    long sum = counts.values().stream().mapToLong(Long::longValue).sum();
    checkState(sum == WORDS && counts.keySet().containsAll(WordCount.WORDS), "%s", counts);
    return "5 million words in shared memory, none copied";
  }

  private static String progress(LiveProgress.Result result) {
    checkState(result.reached().size() == 10, "%s", result.reached());
    return "10,000 steps counted by 2 processes, each tenth told";
  }

  private static String parts(List<ProcessPipeline.Part> parts) {
    checkState(parts.size() == PARTS, "%s parts", parts.size());
    return "20,000 records through 2 channels, 3 processes";
  }

  private static String answers(List<Long> answers) {
    checkState(answers.size() == 10_000, "%s answers", answers.size());
    return "10,000 questions and answers, one at a time";
  }

  private static String disasters(List<String> report) {
    checkState(report.equals(Disasters.expected()), "%s", report);
    return "crash, runaway regex, memory hog; the pool went on";
  }

  private static String chat(int answers, int people) {
    checkState(answers == people, "%s answers", answers);
    return "%,d live at once, all heard the broadcast".formatted(people);
  }
}

package dev.tandem.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.examples.site.LoopbackSite;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class HybridTest {
  @Test
  void pagesAreFetchedOnThreadsAndFingerprintedInProcesses() throws Exception {
    try (var site = LoopbackSite.start()) {
      List<URI> urls = site.pages(6);
      List<String> prints = Hybrid.concurrent(urls);
      assertThat(prints).isEqualTo(Hybrid.sequential(urls)).doesNotHaveDuplicates().hasSize(6);
    }
  }
}

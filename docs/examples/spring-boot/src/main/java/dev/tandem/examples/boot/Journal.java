package dev.tandem.examples.boot;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Async;
import org.springframework.stereotype.Component;

/// A log of what was made, written while the client has its answer already.
@Component
class Journal {
  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

  @Async
  void note(int before, int after) {
    LOG.info("{} bytes became {}", before, after);
  }
}

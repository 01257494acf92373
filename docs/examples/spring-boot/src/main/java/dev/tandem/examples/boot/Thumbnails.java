package dev.tandem.examples.boot;

import dev.tandem.core.Task;
import dev.tandem.core.TaskExecutor;
import dev.tandem.pools.ProcessPool;
import java.io.InputStream;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// The requests of the service. Each waits for its tasks; what becomes of their failures is in
/// [Problems].
@RestController
class Thumbnails {
  private static final int MOST_BYTES = 10 << 20;

  private final ProcessPool images;
  private final TaskExecutor calls;
  private final ImageStore store;
  private final Journal journal;

  Thumbnails(
      @Qualifier("images") ProcessPool images,
      @Qualifier("calls") TaskExecutor calls,
      ImageStore store,
      Journal journal) {
    this.images = images;
    this.calls = calls;
    this.store = store;
    this.journal = journal;
  }

  // @start region="requests"
  @PostMapping(path = "/thumbnails", produces = MediaType.IMAGE_PNG_VALUE)
  byte[] ofUpload(InputStream body) throws Exception {
    byte[] image = body.readNBytes(MOST_BYTES + 1);
    if (image.length > MOST_BYTES) {
      throw new BadImageException("more than " + MOST_BYTES + " bytes");
    }
    return thumbnail(image);
  }

  @GetMapping(path = "/thumbnails/{name:[\\w.-]+}", produces = MediaType.IMAGE_PNG_VALUE)
  byte[] ofStored(@PathVariable String name) throws Exception {
    byte[] image = result(calls.submit(Task.of("fetch", () -> store.fetch(name))));
    return thumbnail(image);
  }

  private byte[] thumbnail(byte[] image) throws Exception {
    byte[] small = result(images.submit(Task.of("thumbnail", () -> Images.thumbnail(image))));
    journal.note(image.length, small.length); // in applicationTaskExecutor
    return small;
  }

  private static <T> T result(Future<T> task) throws Exception {
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  } // @end
}

package dev.tandem.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.MapProgress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResizeImagesTest {
  @Test
  void everyImageIsResizedButTheDamagedOne() {
    List<MapProgress> progress = new ArrayList<>();
    List<ResizeImages.Resized> images = ResizeImages.processes(700, progress::add);
    assertThat(images).isEqualTo(ResizeImages.sequential(700));
    assertThat(images)
        .filteredOn(image -> !image.problem().isEmpty())
        .containsExactly(new ResizeImages.Resized(666, 0, "image 666 is damaged"));
    assertThat(progress).hasSize(700);
    assertThat(progress.getLast())
        .satisfies(last -> {
          assertThat(last.done()).isEqualTo(700);
          assertThat(last.failed()).isEqualTo(1);
        });
  }
}

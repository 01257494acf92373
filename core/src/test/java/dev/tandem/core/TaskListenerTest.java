package dev.tandem.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.tandem.core.internal.LiveTask;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskListenerTest {
  private final TaskInfo info = new FixedInfo(7, "load", "pool", null);

  @Test
  void onFailureIsToldOfFailuresAlone() {
    List<String> told = new ArrayList<>();
    TaskListener listener = TaskListener.onFailure((task, e) -> told.add(task.name() + " " + e));
    listener.submitted(info);
    listener.started(info);
    listener.succeeded(info);
    listener.cancelled(info);
    listener.ended(info);
    assertThat(told).isEmpty();

    listener.failed(info, new IOException("no route"));
    assertThat(told).containsExactly("load java.io.IOException: no route");
  }

  @Test
  void aListenerThatOverridesNothingIgnoresEverything() {
    TaskListener listener = new TaskListener() {};
    assertThatCode(
            () -> {
              listener.submitted(info);
              listener.started(info);
              listener.succeeded(info);
              listener.failed(info, new IOException());
              listener.cancelled(info);
              listener.ended(info);
            })
        .doesNotThrowAnyException();
  }

  @Test
  void anActionIsNeeded() {
    assertThatNullPointerException()
        .isThrownBy(() -> TaskListener.onFailure(null))
        .withMessageContaining("action");
  }

  @Test
  void aTaskRunsWhileItHasAThread() {
    assertThat(info.isRunning()).isFalse();
    assertThat(new FixedInfo(7, "load", "pool", Thread.currentThread()).isRunning()).isTrue();
  }

  private record FixedInfo(long id, String name, String executor, Thread thread)
      implements LiveTask {}
}

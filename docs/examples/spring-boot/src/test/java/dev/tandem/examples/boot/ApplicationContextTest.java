package dev.tandem.examples.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.Tandem;
import dev.tandem.core.TaskExecutor;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;

/// What Spring Boot makes of executors as beans.
class ApplicationContextTest {
  private static final String BOOTS_OWN = "applicationTaskExecutor";

  private final ApplicationContextRunner boot =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class))
          .withBean(Where.class);

  @Test
  void anExecutorThatIsAnOrdinaryBeanTakesThePlaceOfBootsOwn() {
    boot.withUserConfiguration(Ordinary.class)
        .run(context -> assertThat(context).doesNotHaveBean(BOOTS_OWN));
  }

  @Test
  void oneThatIsNoDefaultCandidateLeavesItThere() {
    boot.withUserConfiguration(NoDefaultCandidate.class)
        .run(context -> {
          assertThat(context).hasBean(BOOTS_OWN);
          assertThat(context.getBean(Executor.class)).isSameAs(context.getBean(BOOTS_OWN));
          assertThat(context.getBean("calls")).isInstanceOf(TaskExecutor.class);
          assertThat(context.getBean(Where.class).thread().get()).startsWith("task-");
        });
  }

  @Test
  void soDoesAPropertyOfBoots() {
    boot.withUserConfiguration(Ordinary.class)
        .withPropertyValues("spring.task.execution.mode=force")
        .run(context -> {
          assertThat(context).hasBean(BOOTS_OWN);
          assertThat(context.getBean(Where.class).thread().get()).startsWith("task-");
        });
  }

  @Test
  void anExecutorIsClosedWithItsContext() {
    TaskExecutor[] seen = new TaskExecutor[1];
    boot.withUserConfiguration(NoDefaultCandidate.class)
        .run(context -> seen[0] = context.getBean("calls", TaskExecutor.class));
    assertThat(seen[0].isTerminated()).isTrue();
  }

  static class Where {
    @Async
    public CompletableFuture<String> thread() {
      return CompletableFuture.completedFuture(Thread.currentThread().getName());
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAsync
  static class Ordinary {
    @Bean
    TaskExecutor calls() {
      return Tandem.newVirtualThreadExecutor(10);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAsync
  static class NoDefaultCandidate {
    @Bean(defaultCandidate = false)
    TaskExecutor calls() {
      return Tandem.newVirtualThreadExecutor(10);
    }
  }
}

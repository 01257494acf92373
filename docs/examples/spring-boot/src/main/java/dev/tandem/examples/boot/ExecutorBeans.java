package dev.tandem.examples.boot;

import dev.tandem.Tandem;
import dev.tandem.core.Saturation;
import dev.tandem.core.TaskExecutor;
import dev.tandem.pools.ProcessPool;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableAsync;

/// The executors of the service, with what shows them to its operators.
///
/// `defaultCandidate = false` keeps them out of the way of Spring Boot, which makes no
/// `applicationTaskExecutor` where any other bean is an `Executor`, and of injection by type: who
/// wants one of them names it.
///
/// Spring closes them with their own `close`, which waits for their tasks, when the context is
/// destroyed. By then the web server, which is stopped before any bean is destroyed, has answered
/// its last request.
@Configuration(proxyBeanMethods = false)
@EnableAsync
class ExecutorBeans {
  // @start region="calls"
  @Bean(defaultCandidate = false)
  TaskExecutor calls(MeterRegistry registry) {
    return Tandem.newVirtualThreadExecutor(cf ->
        cf.withName("calls")
            .withConcurrency(20) // what the store bears
            .withTimeout(Duration.ofSeconds(5))
            .withCloseTimeout(Duration.ofSeconds(10))
            .withListener(TandemMetrics.timers(registry)));
  } // @end

  // @start region="images"
  @Bean(defaultCandidate = false)
  ProcessPool images(MeterRegistry registry) {
    return Tandem.newProcessPool(
        2,
        cf ->
            cf.withName("images")
                .withMaxHeap(128L << 20)
                .withTimeout(Duration.ofSeconds(3)) // then the worker is killed
                .withSpares(1) // takes the place of a worker that died, at once
                .withRecycleAfter(10_000) // what decoders leak ends here
                .withQueue(100, Saturation.REJECT) // and the client gets 503
                .withCloseTimeout(Duration.ofSeconds(10))
                .withJvmArguments("-Djava.awt.headless=true")
                .withInitializer(Images::warmUp)
                .withListener(TandemMetrics.timers(registry))
                .withWorkerListener(TandemMetrics.workers(registry, "images")));
  } // @end

  // @start region="shown"
  @Bean
  HealthIndicator imagesHealthIndicator(@Qualifier("images") ProcessPool images) {
    return new ProcessPoolHealth(images);
  }

  @Bean
  MeterBinder meters(
      @Qualifier("calls") TaskExecutor calls, @Qualifier("images") ProcessPool images) {
    return registry -> {
      TandemMetrics.executor(calls).bindTo(registry);
      TandemMetrics.executor(images).bindTo(registry);
    };
  } // @end
}

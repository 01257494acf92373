package dev.tandem.examples.boot;

import dev.tandem.core.TaskTimeoutException;
import dev.tandem.pools.WorkerCrashedException;
import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/// What a client is told of a failed task. An image that takes its worker down is the client's
/// fault; it is told what, and nothing of the process.
// @start region="problems"
@RestControllerAdvice
class Problems {
  @ExceptionHandler
  ProblemDetail bad(BadImageException e) {
    return problem(HttpStatus.UNPROCESSABLE_CONTENT, "bad image", e.getMessage());
  }

  @ExceptionHandler
  ProblemDetail endless(TaskTimeoutException e) {
    return problem(
        HttpStatus.UNPROCESSABLE_CONTENT,
        "endless image",
        "it was not done after " + e.timeout().toMillis() + " ms");
  }

  @ExceptionHandler
  ProblemDetail crashed(WorkerCrashedException e) {
    return switch (e.kind()) {
      case OUT_OF_MEMORY ->
          problem(
              HttpStatus.UNPROCESSABLE_CONTENT,
              "hungry image",
              "it needs more memory than there is");
      case NATIVE_CRASH, EXITED ->
          problem(HttpStatus.UNPROCESSABLE_CONTENT, "deadly image", "it crashed its decoder");
      case KILLED, UNRESPONSIVE, LOST ->
          problem(HttpStatus.INTERNAL_SERVER_ERROR, "lost worker", "please try again");
    };
  }

  /// The queue is full, or the pool is closed or broken.
  @ExceptionHandler
  ResponseEntity<ProblemDetail> refused(RejectedExecutionException e) {
    return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
        .header(HttpHeaders.RETRY_AFTER, "1")
        .body(problem(HttpStatus.SERVICE_UNAVAILABLE, "busy", "please try again"));
  }

  @ExceptionHandler
  ProblemDetail unreachable(IOException e) {
    return problem(HttpStatus.BAD_GATEWAY, "no image", e.getMessage());
  }

  private static ProblemDetail problem(
      HttpStatus status, String title, @Nullable String explanation) {
    ProblemDetail problem = ProblemDetail.forStatus(status);
    problem.setTitle(title);
    problem.setDetail(explanation);
    return problem;
  }
} // @end

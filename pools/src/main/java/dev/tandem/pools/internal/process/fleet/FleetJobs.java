package dev.tandem.pools.internal.process.fleet;

import dev.tandem.core.internal.TaskTimer;
import dev.tandem.pools.PoolStartException;
import java.util.ArrayList;
import java.util.List;

/// The jobs of a fleet, from outside: how they come in, what runs, and what becomes of those that
/// wait when it ends.
public final class FleetJobs {
  private final Fleet fleet;
  private final Dispatcher dispatcher;

  FleetJobs(Fleet fleet) {
    this.fleet = fleet;
    this.dispatcher = fleet.dispatcher();
  }

  /// Lets a worker have the job.
  public void add(Job job) {
    dispatcher.add(job);
    if (fleet.isEnding()) {
      abandonWaiting(); // it may have come after the last look
    }
  }

  /// Not under the lock, and not on our threads: to be told so may run code of users.
  void abandonWaiting() {
    List<Job> left = new ArrayList<>();
    dispatcher.drain(left::add);
    if (!left.isEmpty()) {
      PoolStartException reason = fleet.broken();
      TaskTimer.handOver(
          fleet.loader(),
          () -> {
            for (Job job : left) {
              if (reason == null) {
                job.client().abandoned();
              } else {
                job.refuse(reason);
              }
            }
          });
    }
  }

  /// {@return about how many jobs wait}
  public int waiting() {
    return dispatcher.waiting();
  }

  /// {@return the owners of all jobs that no worker has started; they wait again, to be cancelled}
  public List<JobClient> drain() {
    List<JobClient> owners = new ArrayList<>();
    dispatcher.setActive(List.of());
    fleet.workers().values().forEach(dispatcher::withdrawAll);
    dispatcher.drain(job -> owners.add(job.client()));
    return owners;
  }

  /// Fails all jobs that wait.
  public void refuseWaiting(Throwable reason) {
    List<Job> left = new ArrayList<>();
    dispatcher.drain(left::add);
    left.forEach(job -> job.refuse(reason));
  }

  /// {@return the owners of the jobs that workers are running}
  public List<JobClient> running() {
    List<JobClient> owners = new ArrayList<>();
    for (Worker worker : fleet.workers().values()) {
      Job job = worker.current();
      if (job != null) {
        owners.add(job.client());
      }
    }
    return owners;
  }
}

package dev.tandem.pools.internal.process.fleet;

import dev.tandem.core.internal.TaskTimer;
import dev.tandem.pools.PoolStartException;
import java.util.ArrayList;
import java.util.List;

/// The jobs of a fleet, for its user: how they come in, which run, and what becomes of those that
/// wait when the fleet ends.
public final class FleetJobs {
  private final Fleet fleet;

  FleetJobs(Fleet fleet) {
    this.fleet = fleet;
  }

  /// Queues a job for the next worker that has room.
  public void add(Job job) {
    fleet.dispatcher.add(job);
    if (fleet.state.isEnding()) {
      abandonWaiting(); // it may have come after the last look
    }
  }

  /// Cancels or fails all jobs that wait. In another thread: to be told so may run code of users.
  void abandonWaiting() {
    List<Job> left = new ArrayList<>();
    fleet.dispatcher.drain(left::add);
    if (!left.isEmpty()) {
      PoolStartException reason = fleet.broken;
      TaskTimer.handOver(
          fleet.loader,
          () -> {
            for (Job job : left) {
              if (reason == null) {
                job.client.abandoned();
              } else {
                job.refuse(reason);
              }
            }
          });
    }
  }

  /// {@return about how many jobs wait}
  public int waiting() {
    return fleet.dispatcher.waiting();
  }

  /// {@return the clients of all jobs that no worker has started; they wait again, to be cancelled}
  public List<JobClient> drain() {
    List<JobClient> clients = new ArrayList<>();
    fleet.dispatcher.setActive(List.of());
    fleet.workers().forEach(fleet.dispatcher::withdrawAll);
    fleet.dispatcher.drain(job -> clients.add(job.client));
    return clients;
  }

  /// Fails all jobs that wait.
  public void refuseWaiting(Throwable reason) {
    List<Job> left = new ArrayList<>();
    fleet.dispatcher.drain(left::add);
    left.forEach(job -> job.refuse(reason));
  }

  /// {@return the clients of the jobs that workers are running}
  public List<JobClient> running() {
    List<JobClient> clients = new ArrayList<>();
    for (Worker worker : fleet.workers()) {
      Job job = worker.inFlight.running();
      if (job != null) {
        clients.add(job.client);
      }
    }
    return clients;
  }
}

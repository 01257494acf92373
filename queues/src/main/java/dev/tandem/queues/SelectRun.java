package dev.tandem.queues;

import dev.tandem.queues.internal.Blocker;
import dev.tandem.queues.internal.Deadline;
import dev.tandem.queues.internal.Parker;
import dev.tandem.queues.internal.Parker.Side;
import dev.tandem.queues.internal.Spin;
import dev.tandem.queues.internal.StackProbe;
import dev.tandem.queues.internal.Waiter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One call of [Select#select]. Thread: the caller.
final class SelectRun<R> implements Blocker {
  /* A select tries its clauses in a random order; if none can be done it joins the list of each
   * channel with waiters that share one Parker, and parks.
   *
   * In a channel that holds elements a wake-up is a hint: nothing is reserved for the select, it
   * leaves all lists and tries again, and passes on each wake-up that it got and did not need (see
   * BufferedChannel). A waker that finds the Parker taken by another one wakes the next in its list.
   * In a rendezvous a wake-up is the deed itself. So a select first joins the lists of the channels
   * that hold elements, and then looks for a partner and joins in all rendezvous at once, under
   * their locks: from then on, and not before, a partner can commit it.
   *
   * The chosen clause is written into fields that are there already: an allocation after the step
   * could fail, and lose the element.
   *
   * Before a select that waits tries anything, it ends the wait by claiming its own Parker. So it
   * is committed by a partner or tries by itself, never both. */

  private final List<ChannelClause<?, ? extends R>> live = new ArrayList<>();
  private final List<FreshPutClause<?, ? extends R>> fresh = new ArrayList<>(0);
  private final List<PutClause<?, ? extends R>> made = new ArrayList<>(0);
  private @Nullable AfterClause<? extends R> after;
  private @Nullable OtherwiseClause<? extends R> otherwise;

  /// The clause that was done, or null.
  private @Nullable ChannelClause<?, ? extends R> chosen;

  /// The result of its operation, before its function is applied.
  private @Nullable Object outcome;

  /// A clause and its place in the list of its channel.
  private record Place<R>(ChannelClause<?, ? extends R> clause, Waiter waiter) {}

  SelectRun(List<Select.Clause<? extends R>> clauses) {
    for (int i = 0; i < clauses.size(); i++) {
      switch (Checks.notNull(clauses.get(i), "clauses[" + i + "]")) {
        case ChannelClause<?, ? extends R> clause -> live.add(clause);
        case FreshPutClause<?, ? extends R> clause -> fresh.add(clause);
        case AfterClause<? extends R> clause -> after = once(after, clause, "after");
        case OtherwiseClause<? extends R> clause ->
            otherwise = once(otherwise, clause, "otherwise");
      }
    }
    if (clauses.isEmpty()) {
      throw new IllegalArgumentException("clauses: none (expected: at least one)");
    }
  }

  private static <C> C once(@Nullable C before, C clause, String kind) {
    if (before != null) {
      throw new IllegalArgumentException("clauses: two " + kind + " (expected: at most one)");
    }
    return clause;
  }

  R run() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    Deadline deadline = after == null ? Deadline.NEVER : Deadline.in(after.duration());
    try {
      for (FreshPutClause<?, ? extends R> clause : fresh) {
        made.add(clause.make());
      }
      live.addAll(made);
      return run(deadline);
    } finally {
      made.forEach(PutClause::over);
    }
  }

  private R run(Deadline deadline) throws InterruptedException {
    Spin spin = new Spin(Spin.SHORTEST, Spin.YIELDS);
    for (int round = 0; ; ) {
      boolean last = deadline.isOver(); // before the try: what was there in time counts
      attempt();
      if (chosen == null && otherwise == null && !last && !spin.again()) {
        await(deadline, round++);
      }
      if (chosen != null) {
        return finish(chosen, Checks.notNull(outcome, "outcome"));
      }
      if (otherwise != null) {
        return otherwise.then().get();
      }
      if (last && after != null) {
        return after.then().get();
      }
    }
  }

  private static <T> T finish(ChannelClause<?, T> clause, Object outcome) {
    return clause.finish(outcome);
  }

  /// Tries one clause. Returns null (not now), DROPPED (never, which is no failure), or the result
  /// of its operation.
  private @Nullable Object attempt(ChannelClause<?, ? extends R> clause) {
    Object result = clause.attempt();
    if (result != null && result != ChannelClause.DROPPED) {
      chosen = clause;
      outcome = result;
    }
    return result;
  }

  /// Tries each clause once, in a random order: beginning anywhere and going round would prefer a
  /// clause that comes after some that are never ready.
  private void attempt() {
    Collections.shuffle(live, ThreadLocalRandom.current());
    boolean dropped = false;
    for (int i = 0; i < live.size() && chosen == null; i++) {
      dropped |= attempt(live.get(i)) == ChannelClause.DROPPED;
    }
    if (dropped && chosen == null) {
      drop();
    }
  }

  /// Drops the sources that are at their end; throws when that leaves none. A source that was
  /// closed with a cause stays: its next attempt throws that.
  private void drop() {
    AbstractChannel<?> any = live.getFirst().channel;
    live.removeIf(clause ->
        clause instanceof TakeClause
            && clause.channel.isDrained()
            && clause.channel.cause() == null);
    if (live.isEmpty()) {
      throw any.closed("no source of the select is left");
    }
  }

  /// Waits for a hint, a partner, the deadline or an interrupt, and then tries again, unless a
  /// partner has done one of the clauses.
  private void await(Deadline deadline, int round) throws InterruptedException {
    Parker parker = new Parker();
    List<Place<R>> places = new ArrayList<>(live.size());
    try {
      if (joinAll(parker, places)) {
        meetOrPark(parker, places, deadline, round);
      }
      if (!parker.withdraw() && chosen == null) {
        handedOver(parker.winner(), places);
      }
      if (chosen == null && Thread.interrupted()) {
        throw new InterruptedException();
      }
      if (chosen == null) {
        attempt();
      }
    } finally {
      for (int i = 0; i < places.size(); i++) {
        places.get(i).clause.leave(places.get(i).waiter);
      }
    }
  }

  private boolean joinAll(Parker parker, List<Place<R>> places) {
    for (ChannelClause<?, ? extends R> clause : live) {
      if (clause.channel.meetingLock() == null) {
        Place<R> place = new Place<>(clause, clause.newWaiter(parker));
        places.add(place);
        if (!clause.join(place.waiter)) {
          return false;
        }
      }
    }
    return true;
  }

  /// Meets a partner in one of the rendezvous, or parks.
  private void meetOrPark(Parker parker, List<Place<R>> places, Deadline deadline, int round) {
    // All allocations come before the first join: from then on a partner may hand over.
    List<Place<R>> meetings = new ArrayList<>(live.size());
    List<MeetingLock> locks = new ArrayList<>(live.size());
    for (ChannelClause<?, ? extends R> clause : live) {
      MeetingLock lock = clause.channel.meetingLock();
      if (lock != null) {
        meetings.add(new Place<>(clause, clause.newWaiter(parker)));
        locks.add(lock);
      }
    }
    Deadline end = deadline.atMost(longestPark(round));
    MeetingLock.lockAll(locks);
    try {
      boolean dropped = false;
      for (int i = 0; i < meetings.size() && chosen == null; i++) {
        dropped |= attempt(meetings.get(i).clause) == ChannelClause.DROPPED;
      }
      if (dropped || chosen != null) {
        return; // no partner would wake this thread there
      }
      StackProbe.check();
      for (int i = 0; i < meetings.size(); i++) {
        Place<R> place = meetings.get(i);
        places.add(place); // has room for it
        place.clause.join(place.waiter);
      }
    } finally {
      MeetingLock.unlockAll(locks);
    }
    parker.park(this, Side.SELECT, end);
  }

  private long longestPark(int round) {
    long longest = Long.MAX_VALUE;
    for (ChannelClause<?, ? extends R> clause : live) {
      longest = Math.min(longest, clause.channel.longestPark(round));
    }
    return longest;
  }

  @Override
  public String name() {
    return live.stream()
        .map(clause -> clause.channel.name())
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private void handedOver(@Nullable Waiter winner, List<Place<R>> places) {
    for (int i = 0; i < places.size(); i++) {
      Place<R> place = places.get(i);
      if (place.waiter == winner) {
        outcome = place.clause.handedOver(winner);
        chosen = outcome == null ? null : place.clause;
      }
    }
  }
}

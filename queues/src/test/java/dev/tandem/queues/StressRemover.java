package dev.tandem.queues;

import java.util.Queue;
import java.util.Random;

/// A thread that looks into the channels from a third side, and removes from the middle.
final class StressRemover {
  private final StressRound round;

  StressRemover(StressRound round) {
    this.round = round;
  }

  void play(Random r) {
    for (int i = r.nextInt(30); i > 0 && !round.isOver(); i--) {
      if (round.reserveTakes(1) == 1 && !removeOne(round.anyLane(r), r)) {
        round.giveBackTakes(1);
      }
      StressActors.pause(r.nextInt(30_000));
    }
  }

  private boolean removeOne(StressLane lane, Random r) {
    Queue<StressItem> queue = lane.channel.asBlockingQueue();
    StressItem found = queue.peek();
    for (StressItem item : queue) {
      found = item;
      if (r.nextInt(3) == 0) {
        break;
      }
    }
    boolean removed = found != null && queue.remove(found);
    if (removed) {
      lane.taken(found);
      round.took();
    }
    return removed;
  }
}

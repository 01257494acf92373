package dev.tandem.queues.internal;

import org.jspecify.annotations.Nullable;

/// A channel as a dump sees it.
public interface LiveChannel extends Blocker {
  /// {@return what it is and how full it is} Takes no lock under which code of users runs, so that
  /// one who looks never waits for an order of elements that hangs.
  ///
  /// @return null if a dump has it from elsewhere
  @Nullable ChannelFigures figures();
}

package dev.tandem.examples.soak;

/// A part of the library under work. A round begins and ends with nothing on its way.
interface Load {
  String name();

  void play(Round round) throws Exception;
}

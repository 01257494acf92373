package dev.tandem.benchmarks;

import java.util.List;

/// All groups. A new one is a class like [ExecutorsGroup] and an entry here.
final class Groups {
  static final List<Group> ALL =
      List.of(
          ExecutorsGroup.create(),
          ChannelsGroup.create(),
          ScopesGroup.create(),
          CodecGroup.create(),
          ProcessesGroup.create(),
          SharingGroup.create(),
          ClusterGroup.create());

  private Groups() {}
}

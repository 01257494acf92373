package dev.tandem.benchmarks;

import java.util.ArrayList;
import java.util.List;

/// What stands on the command line.
///
/// @param report whether the report is to be written
/// @param groups what is to be measured
/// @param kept the groups whose files in `target` are to be kept for the report without measuring
/// @param mode how thoroughly
record Options(boolean report, List<String> groups, List<String> kept, Mode mode) {
  private static final String REPORT = "report";
  private static final String ALL = "all";
  private static final String FROM_TARGET = "--from-target";
  private static final String FROM_RESULTS = "--from-results";

  /// @param all the names of all groups
  /// @throws IllegalArgumentException for what it does not know
  static Options parse(List<String> arguments, List<String> all) {
    boolean report = arguments.contains(REPORT);
    Mode mode = Mode.FULL;
    List<String> named = new ArrayList<>();
    for (String argument : arguments) {
      switch (argument) {
        case REPORT, FROM_TARGET, FROM_RESULTS -> {
          // looked for by name
        }
        case ALL -> named.addAll(all);
        case "--quick" -> mode = Mode.QUICK;
        case "--smoke" -> mode = Mode.SMOKE;
        default -> {
          if (!all.contains(argument)) {
            throw new IllegalArgumentException(argument);
          }
          named.add(argument);
        }
      }
    }
    List<String> groups = named.isEmpty() && report ? all : named.stream().distinct().toList();
    boolean fromTarget = arguments.contains(FROM_TARGET);
    if (fromTarget || arguments.contains(FROM_RESULTS)) {
      if (!report) {
        throw new IllegalArgumentException("nothing but report --from-...");
      }
      return new Options(true, List.of(), fromTarget ? groups : List.of(), mode);
    }
    if (groups.isEmpty()) {
      throw new IllegalArgumentException("no group");
    }
    return new Options(report, groups, report ? groups : List.of(), mode);
  }
}

package dev.tandem;

/// What JConsole and other JMX clients see of Tandem in a running JVM, once
/// [Tandem#registerMXBean()] was called. Thread-safe.
public interface TandemMXBean {
  /// {@return the text of [Tandem#dump()]}
  String dump();

  /// {@return the JSON of [Tandem#dumpJson()]}
  String dumpJson();

  /// {@return how many executors have not terminated}
  int getLiveExecutors();

  /// {@return how many tasks run, in all live executors}
  long getRunningTasks();

  /// {@return how many tasks wait, in all live executors}
  long getQueuedTasks();
}

package dev.tandem.pools.internal.codec;

import dev.tandem.queues.Sink;
import dev.tandem.queues.Source;
import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Exchanger;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicMarkableReference;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.AtomicStampedReference;
import java.util.concurrent.atomic.DoubleAccumulator;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import org.jspecify.annotations.Nullable;

/// The kinds of objects that are made to be shared by the threads of one process. A body for
/// another process must not capture one: the worker would change a copy, and the change would be
/// lost.
enum SharedKind {
  /*
   * The kind is decided by the class, for the JDK's types and whatever extends or implements them.
   * Records, enums and lambdas are values, whatever they implement, and what is sent as a copy of
   * a view is known to be one. A handle is the one thing that is shared between processes. A class
   * nested in one of these in the JDK is a part of it (a set: ConcurrentHashMap.KeySetView), or
   * stands for it in a stream (LongAdder's proxy).
   *
   * A decision and its reasons: docs/decisions/0022.
   */

  NUMBER(
      "use ProcessPool.newLong, a number that all processes of the pool share, or return what each"
          + " task counts, and add it up here",
      AtomicBoolean.class,
      AtomicInteger.class,
      AtomicLong.class,
      LongAdder.class,
      LongAccumulator.class),

  NUMBERS(
      "use ProcessPool.newLongArray, numbers that all processes of the pool share",
      AtomicIntegerArray.class,
      AtomicLongArray.class),

  HOLDER(
      "return the value as the result of the task, or let tasks call an object of this process: see"
          + " ProcessPool.export",
      AtomicReference.class,
      AtomicReferenceArray.class,
      AtomicMarkableReference.class,
      AtomicStampedReference.class,
      DoubleAdder.class,
      DoubleAccumulator.class),

  COLLECTION(
      "return what a task adds as its result; hand over List.copyOf(...), Set.copyOf(...) or"
          + " Map.copyOf(...) if tasks only read it; or let tasks call an object of this process:"
          + " see ProcessPool.export",
      ConcurrentMap.class,
      ConcurrentSkipListSet.class,
      CopyOnWriteArrayList.class,
      CopyOnWriteArraySet.class),

  QUEUE(
      "use ProcessPool.newChannel, a channel between the processes of the pool",
      BlockingQueue.class,
      ConcurrentLinkedQueue.class,
      ConcurrentLinkedDeque.class,
      Sink.class,
      Source.class),

  LOCK(
      "processes share no lock, because its owner may be killed: count with ProcessPool.newLong,"
          + " hand on with ProcessPool.newChannel, or let tasks call an object of this process that"
          + " locks: see ProcessPool.export",
      Lock.class,
      ReadWriteLock.class,
      StampedLock.class,
      AbstractOwnableSynchronizer.class,
      Condition.class,
      Semaphore.class,
      CountDownLatch.class,
      CyclicBarrier.class,
      Phaser.class,
      Exchanger.class),

  FUTURE(
      "wait for it here, and let the task capture its result", Future.class, CompletionStage.class),

  EXECUTOR(
      "submit in this process what shall follow the task's result, or let the task make an executor"
          + " of its own",
      ExecutorService.class),

  THREAD_LOCAL("let the task capture its value, or hand it on with withContext", ThreadLocal.class),

  /// What holds a local variable of Kotlin's that a lambda changes, or that is changed after the
  /// lambda was made: known by its name, since Kotlin is not there for each user.
  VARIABLE(
      "it holds a `var` outside the lambda: capture a `val`, return the new value as the result of"
          + " the task, or use ProcessPool.newLong");

  private static final String KOTLINS_VARIABLE = "kotlin.jvm.internal.Ref$";

  private static final ClassValue<Optional<SharedKind>> kinds =
      new ClassValue<>() {
        @Override
        protected Optional<SharedKind> computeValue(Class<?> type) {
          return Optional.ofNullable(find(type));
        }
      };

  private final String advice;

  @SuppressWarnings("ImmutableEnumChecker") // of List.of
  private final List<Class<?>> types;

  SharedKind(String advice, Class<?>... types) {
    this.advice = advice;
    this.types = List.of(types);
  }

  /// {@return the kind of an object; null if it is not made to be shared, or is shared between
  /// processes}
  static @Nullable SharedKind of(Object object) {
    SharedKind kind = kinds.get(object.getClass()).orElse(null);
    return kind == null || Handle.of(object) != null ? null : kind;
  }

  private static @Nullable SharedKind find(Class<?> type) {
    if (type.isRecord()
        || Enum.class.isAssignableFrom(type)
        || LambdaSite.isLambda(type)
        || CollectionViews.tag(type) >= 0) {
      return null;
    }
    if (type.getName().startsWith(KOTLINS_VARIABLE)) {
      return VARIABLE;
    }
    Class<?> whole = whole(type);
    if (whole == Collections.class) {
      return type.getSimpleName().startsWith("Synchronized") ? COLLECTION : null;
    }
    for (SharedKind kind : values()) {
      for (Class<?> base : kind.types) {
        if (base.isAssignableFrom(type) || base.isAssignableFrom(whole)) {
          return kind;
        }
      }
    }
    return null;
  }

  /// {@return the class of what an object of a class is a part of: of the JDK's classes the
  /// outermost}
  static Class<?> whole(Class<?> type) {
    return type.getClassLoader() == null ? type.getNestHost() : type;
  }

  /// {@return why a body may not capture an object of this kind, and what to write instead}
  String refusal(Object object) {
    String name = object.getClass().getName();
    return object instanceof Serializable
        ? name
            + " is made to be shared, and a worker would change a copy: "
            + advice
            + ". To send a copy all the same, configure the pool with withAllowed(\""
            + whole(object.getClass()).getName()
            + "\")"
        : name + " is not serializable, and is not shared with a worker: " + advice;
  }
}

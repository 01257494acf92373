package dev.tandem.queues.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;

/// The shapes that contracts run over which are nested in the annotated class.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface OverShapes {
  /// {@return what makes them}
  Class<? extends Shapes> value();

  /// Some shapes, made by a constructor without parameters.
  interface Shapes {
    List<ChannelShape> all();

    /// {@return the kinds of threads that tests run on}
    default List<ThreadKind> threads() {
      return List.of(ThreadKind.values());
    }
  }
}

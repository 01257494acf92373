/// Objects as bytes and back, for tasks and results that go from one process to another.
///
/// A value is encoded in Tandem's own format where all of its parts are of known kinds, and by the
/// JDK's serialization, as a whole, where they are not: see `Encoder`. Each decoded class is
/// checked by name before it is loaded: see `TypeFilter`.
///
/// **A type of the format needs**
///
/// | type | where |
/// |---|---|
/// | a value of the JDK without parts | a constant of `Tag` from `OPTIONAL_INT` on, a line `value(...)` in `Writers`, a case in `write` and one in `read` of `Values` |
/// | a container of the JDK | a constant of `Tag` from `BOOLEANS` to `OPTIONAL`, a line `container(...)` in `Writers`, a case in `Containers` and one in `ContainerReader`. Both must number the object at the same moment: before its parts if it can be changed, else after them |
/// | a family of classes, such as all `Path`s | the same, with a condition at the end of `Writers.create` in place of the line |
/// | a view, sent as a copy | a condition in `CollectionViews.tag`, and a case in `copy` for a new tag |
/// | a class that the receiver must know first, as records and lambdas | a kind in `Definition`, a writer in `DefinedWriters`, its end in `LinkedDefinition`, a case in `Reading.readLarger` |
///
/// A value of any of these may stand in a larger one that the JDK's serialization writes. If its
/// class is serializable, its name must be in `JdkTypes`, unless `HarmlessTypes` finds it harmless
/// by itself. If not, `JdkSerialization` sends a `Carrier` in its place: values and views need
/// nothing more, a container a case in `replaceObject` and one in `Carrier.open`. `RoundTripTest`
/// then sends it both ways, `HostileInputTest` breaks its bytes.
@NullMarked
package dev.tandem.pools.internal.codec;

import org.jspecify.annotations.NullMarked;

package dev.tandem.pools.internal.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tandem.pools.SharedLong;
import dev.tandem.pools.SharedLongArray;
import dev.tandem.pools.SharedSegment;
import dev.tandem.pools.internal.codec.Decoder;
import dev.tandem.pools.internal.codec.DecodingException;
import dev.tandem.pools.internal.codec.Input;
import dev.tandem.pools.internal.codec.Output;
import dev.tandem.pools.internal.codec.TypeFilter;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedMemoryTest {
  private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();
  private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;

  @TempDir Path directory;
  private TwoSides sides;
  private OwnedFiles owned;

  @BeforeEach
  void create() {
    sides = new TwoSides(directory);
    owned = sides.owned;
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    Thread.interrupted();
    sides.close();
    assertThat(files()).isEmpty();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> found = Files.list(directory)) {
      return found.toList();
    }
  }

  // ---- what is shared

  @Test
  void segmentIsFullOfZerosAndWhatOneSideWritesTheOtherReads() throws Exception {
    SharedSegment segment = owned.newSegment(100_000);
    SharedSegment there = sides.sendToWorker(segment);

    assertThat(there.byteSize()).isEqualTo(100_000);
    assertThat(there.memory().toArray(BYTE)).containsOnly(0);
    there.memory().set(BYTE, 99_999, (byte) 7);
    assertThat(segment.memory().get(BYTE, 99_999)).isEqualTo((byte) 7);
    segment.memory().set(BYTE, 0, (byte) 8);
    assertThat(there.memory().get(BYTE, 0)).isEqualTo((byte) 8);
  }

  @Test
  void sliceIsAPartThatCanBeSentAndSlicedAgain() throws Exception {
    SharedSegment segment = owned.newSegment(100);
    SharedSegment there = sides.sendToWorker(segment.slice(10, 50).slice(5, 20));

    there.memory().fill((byte) 3);
    byte[] all = segment.memory().toArray(BYTE);
    for (int i = 0; i < all.length; i++) {
      assertThat(all[i]).as("byte %d", i).isEqualTo((byte) (i >= 15 && i < 35 ? 3 : 0));
    }
    assertThat(there.slice(19, 1).byteSize()).isEqualTo(1);
  }

  @Test
  void numbersAreTheSameOnBothSides() throws Exception {
    SharedLong number = owned.newLong(40);
    SharedLong there = sides.sendToWorker(number);
    assertThat(there.getAndAdd(2)).isEqualTo(40);
    assertThat(number.get()).isEqualTo(42);
    assertThat(number.compareAndSet(42, 1)).isTrue();
    assertThat(there.compareAndSet(42, 2)).isFalse();
    there.set(Long.MIN_VALUE);
    assertThat(number.getAndAdd(-1)).isEqualTo(Long.MIN_VALUE);
    assertThat(there.get()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void elementsAreTheSameOnBothSides() throws Exception {
    SharedLongArray array = owned.newLongArray(3);
    SharedLongArray there = sides.sendToWorker(array);
    assertThat(there.length()).isEqualTo(3);
    assertThat(there.getAndAdd(2, 5)).isZero();
    assertThat(array.compareAndSet(2, 5, 6)).isTrue();
    assertThat(array.compareAndSet(2, 5, 7)).isFalse();
    array.set(0, 1);
    assertThat(List.of(there.get(0), there.get(1), there.get(2))).containsExactly(1L, 0L, 6L);
  }

  @Test
  void handleIsFoundInsideOfOtherValuesAndComesBackAsTheOwnersMemory() throws Exception {
    SharedSegment segment = owned.newSegment(8);
    Map<String, List<SharedSegment>> there = sides.sendToWorker(Map.of("a", List.of(segment)));
    there.get("a").getFirst().memory().set(BYTE, 0, (byte) 1);
    SharedSegment back = sides.sendToOwner(there.get("a").getFirst());
    assertThat(back.memory().get(BYTE, 0)).isEqualTo((byte) 1);
    back.close();
    assertThat(segment.isClosed()).isTrue();
  }

  // ---- what is wrong

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE})
  void sizeThatNoSegmentCanHaveIsNamed(long bytes) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> owned.newSegment(bytes))
        .withMessage("bytes: %d (expected: from 1 to 9223372036854771711)", bytes);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 268_435_456, Integer.MAX_VALUE})
  void lengthThatNoArrayCanHaveIsNamed(int length) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> owned.newLongArray(length))
        .withMessage("length: %d (expected: from 1 to 268435455)", length);
  }

  @Test
  void sizeThatNoFileSystemHasRoomForIsRefusedBeforeAnythingIsWritten() throws Exception {
    assertThatThrownBy(() -> owned.newSegment(1L << 60))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("pool: no room for 1152921504606846976 bytes of shared memory")
        .hasMessageContaining(directory.toString());
    assertThat(files()).isEmpty();
  }

  @Test
  void directoryThatTakesNoFileIsPassedOver(@TempDir Path other) throws Exception {
    Path none = directory.resolve("none");
    try (TwoSides two = new TwoSides(none, other)) {
      SharedSegment segment = two.owned.newSegment(10);
      assertThat(other).isDirectoryContaining(file -> file.endsWith("shared-1"));
      assertThat(two.sendToWorker(segment).memory().byteSize()).isEqualTo(10);
    }
    assertThat(other).isEmptyDirectory();
    try (TwoSides two = new TwoSides(none, none)) {
      assertThatThrownBy(() -> two.owned.newSegment(10))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("pool: no room for 10 bytes of shared memory: ")
          .hasMessageContaining(none.toString());
    }
  }

  @Test
  void fileIsForItsOwnerAloneAndNotOverAnother() throws Exception {
    Files.writeString(directory.resolve("shared-1"), "of another");
    assertThatThrownBy(() -> owned.newLong(1))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("FileAlreadyExists");
    assertThat(directory.resolve("shared-1")).hasContent("of another");
    Files.delete(directory.resolve("shared-1"));
    SharedLong _ = owned.newLong(1);
    assertThat(Files.getPosixFilePermissions(directory.resolve("shared-2"))).hasSize(2);
  }

  @Test
  void partThatIsNotInsideIsRefused() {
    SharedSegment segment = owned.newSegment(100);
    assertThatThrownBy(() -> segment.slice(-1, 10)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> segment.slice(91, 10)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> segment.slice(Long.MAX_VALUE, 10))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatIllegalArgumentException().isThrownBy(() -> segment.slice(10, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> segment.slice(10, 101))
        .withMessage("bytes: 101 (expected: from 1 to 100)");
    assertThatThrownBy(() -> segment.slice(10, 10).memory().get(BYTE, 10))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void atomicAccessMustBeAligned() {
    MemorySegment memory = owned.newSegment(32).slice(3, 24).memory();
    assertThatIllegalArgumentException().isThrownBy(() -> LONG.getAndAdd(memory, 0L, 1L));
    assertThat((long) LONG.getAndAdd(memory, 5L, 1L)).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 3, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void indexThatIsOutIsRefused(int index) throws Exception {
    SharedLongArray array = owned.newLongArray(3);
    for (SharedLongArray each : List.of(array, sides.sendToWorker(array))) {
      assertThatThrownBy(() -> each.get(index)).isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> each.set(index, 1)).isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> each.getAndAdd(index, 1))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> each.compareAndSet(index, 0, 1))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void handleOfAnotherPoolIsRefused() {
    try (TwoSides other = new TwoSides(directory)) {
      SharedLong number = owned.newLong(1);
      assertThatThrownBy(() -> other.encode(number))
          .isInstanceOf(NotSerializableException.class)
          .hasMessageContaining("cannot be sent to workers of another pool");
    }
  }

  @Test
  void handleThatNoSenderWritesIsRefused() throws Exception {
    SharedSegment _ = owned.newSegment(64);
    for (SharedFiles files : List.of(owned, sides.opened)) {
      assertRefused(files, Segment.KIND, -1, 64, 64);
      assertRefused(files, Segment.KIND, 1, 64, 64);
      assertRefused(files, Segment.KIND, 0, 0, 64);
      assertRefused(files, Segment.KIND, Long.MAX_VALUE, 8, 64);
      assertRefused(files, Longs.KIND, 8, 8, 64);
      assertRefused(files, Longs.KIND, 0, 9, 64);
      assertRefused(files, 9, 0, 8, 64);
      assertRefused(files, Segment.KIND, 0, 128, 65);
    }
    assertRefused(sides.opened, Segment.KIND, 0, 8, 1 << 20);
  }

  private void assertRefused(SharedFiles files, int kind, long offset, long bytes, long size) {
    Output out = new Output();
    out.putLong(offset);
    out.putLong(bytes);
    out.putLong(1);
    out.putLong(size);
    out.putString(directory.resolve("shared-1").toString());
    ClassLoader loader = getClass().getClassLoader();
    Decoder decoder = new Decoder(new TypeFilter(List.of(), loader), loader, files);
    assertThatThrownBy(() -> files.open(kind, new Input(out.array(), 0, out.length()), decoder))
        .isInstanceOf(DecodingException.class);
  }

  // ---- the end

  @Test
  void closeIsExactOnBothSides() throws Exception {
    SharedSegment segment = owned.newSegment(8);
    SharedLong number = owned.newLong(1);
    SharedLongArray array = owned.newLongArray(1);
    SharedSegment segmentThere = sides.sendToWorker(segment);
    SharedLong numberThere = sides.sendToWorker(number);
    SharedLongArray arrayThere = sides.sendToWorker(array);
    MemorySegment here = segment.memory();
    MemorySegment before = segmentThere.memory();
    List<AutoCloseable> all = List.of(segment, number, array);
    for (AutoCloseable each : all) {
      each.close();
      each.close();
    }
    assertThat(files()).isEmpty();
    assertThat(segment.isClosed()).isTrue();
    assertThat(segmentThere.isClosed()).isTrue();
    assertThat(segment).hasToString("shared memory 1 of pool: 8 bytes, closed");
    for (SharedSegment each : List.of(segment, segmentThere)) {
      assertThatIllegalStateException()
          .isThrownBy(each::memory)
          .withMessage("shared memory 1 is closed");
      assertThat(each.byteSize()).isEqualTo(8);
      assertThatIllegalStateException().isThrownBy(() -> each.slice(0, 4).memory());
    }
    for (SharedLong each : List.of(number, numberThere)) {
      assertThatIllegalStateException().isThrownBy(each::get);
      assertThatIllegalStateException().isThrownBy(() -> each.set(1));
      assertThatIllegalStateException().isThrownBy(() -> each.getAndAdd(1));
      assertThatIllegalStateException().isThrownBy(() -> each.compareAndSet(1, 1));
    }
    for (SharedLongArray each : List.of(array, arrayThere)) {
      assertThatIllegalStateException().isThrownBy(() -> each.get(0));
      assertThatIllegalStateException().isThrownBy(() -> each.set(0, 1));
      assertThatIllegalStateException().isThrownBy(() -> each.getAndAdd(0, 1));
      assertThatIllegalStateException().isThrownBy(() -> each.compareAndSet(0, 1, 1));
      assertThat(each.length()).isEqualTo(1);
    }
    assertThatIllegalStateException().isThrownBy(() -> here.get(BYTE, 0));
    assertThat(before.get(BYTE, 0)).as("before the ticker has come by").isZero();
    sides.opened.sweep();
    assertThatIllegalStateException().isThrownBy(() -> before.get(BYTE, 0));
    assertThat(sides.opened.files).isEmpty();
    assertThatIllegalStateException().isThrownBy(numberThere::get);
  }

  @Test
  void whatIsClosedCannotBeSent() {
    SharedLong number = owned.newLong(1);
    number.close();
    assertThatThrownBy(() -> sides.encode(number))
        .isInstanceOf(NotSerializableException.class)
        .hasMessageContaining("shared memory 1 is closed");
  }

  @Test
  void whatIsClosedOnItsWayArrivesClosed() throws Exception {
    SharedSegment segment = owned.newSegment(8);
    SharedLong number = owned.newLong(1);
    SharedLongArray array = owned.newLongArray(4);
    List<Object> all = List.of(segment, number, array);
    var _ = sides.sendToWorker(segment); // this one it has mapped before
    Input onItsWay = sides.encode(all);
    segment.close();
    number.close();
    array.close();
    List<Object> there = sides.decode(onItsWay, all);
    SharedSegment first = (SharedSegment) there.getFirst();
    assertThat(first.isClosed()).isTrue();
    assertThat(first.byteSize()).isEqualTo(8);
    assertThatIllegalStateException().isThrownBy(first::memory);
    assertThatIllegalStateException().isThrownBy(() -> ((SharedLong) there.get(1)).get());
    assertThatIllegalStateException().isThrownBy(() -> ((SharedLongArray) there.get(2)).get(3));
    assertThat(((SharedLongArray) there.get(2)).length()).isEqualTo(4);
  }

  @Test
  void workerCannotClose() throws Exception {
    SharedLong there = sides.sendToWorker(owned.newLong(1));
    assertThatThrownBy(there::close)
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("shared memory 1 is closed by the process that has made it, not by a worker");
    assertThat(there.get()).isEqualTo(1);
  }

  @Test
  void ownerDoesNotBelieveAWorkerThatItIsClosed() throws Exception {
    SharedLong number = owned.newLong(1);
    SharedLong there = sides.sendToWorker(number);
    SharedFile file = ((OneLong) there).file;
    file.close(); // writes the word, as a worker that goes wrong may
    assertThat(number.get()).isEqualTo(1);
  }

  @Test
  void interruptStopsNothingAndStays() throws Exception {
    Thread.currentThread().interrupt();
    SharedSegment segment = owned.newSegment(300_000);
    SharedSegment there = sides.sendToWorker(segment);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(there.memory().get(BYTE, 299_999)).isZero();
  }

  @Test
  void memoryThatACallOfTheJdkIsUsingIsUnmappedAfterIt() throws Exception {
    SharedSegment segment = owned.newSegment(1 << 20);
    MemorySegment memory = segment.memory();
    Pipe pipe = Pipe.open();
    try (Pipe.SourceChannel source = pipe.source();
        ExecutorService writer = Executors.newSingleThreadExecutor()) {
      Future<Integer> written =
          writer.submit(() -> {
            try (Pipe.SinkChannel sink = pipe.sink()) {
              ByteBuffer buffer = memory.asByteBuffer();
              int sum = 0;
              while (buffer.hasRemaining()) {
                sum += sink.write(buffer);
              }
              return sum;
            }
          });
      ByteBuffer first = ByteBuffer.allocate(1);
      source.read(first); // it is writing, and the pipe is too small for all

      segment.close();

      assertThatIllegalStateException().isThrownBy(segment::memory);
      ByteBuffer rest = ByteBuffer.allocate(1 << 16);
      while (source.read(rest) >= 0) {
        rest.clear();
      }
      assertThat(written.get(20, TimeUnit.SECONDS)).isEqualTo(1 << 20);
      await().until(() -> !memory.scope().isAlive());
    }
  }

  @Test
  void endWhileMemoryIsBeingMadeLeavesNothing() throws Exception {
    for (int round = 0; round < 200; round++) {
      Path own = Files.createDirectory(directory.resolve("round-" + round));
      OwnedFiles files = new TwoSides(own).owned;
      CountDownLatch begun = new CountDownLatch(2);
      List<Future<List<SharedSegment>>> makers = new ArrayList<>();
      try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
        for (int i = 0; i < 2; i++) {
          makers.add(threads.submit(() -> make(files, begun)));
        }
        begun.await();
        files.close();
        assertThat(own).as("when the end has returned").isEmptyDirectory();
        Files.delete(own); // no file can come any more
        for (Future<List<SharedSegment>> each : makers) {
          assertThat(each.get(20, TimeUnit.SECONDS)).allMatch(SharedSegment::isClosed);
        }
      }
    }
  }

  private static List<SharedSegment> make(OwnedFiles files, CountDownLatch begun) {
    List<SharedSegment> made = new ArrayList<>();
    try {
      while (true) {
        made.add(files.newSegment(8));
        begun.countDown();
        if (made.size() > 1) { // so that the end is quick, and meets a maker
          made.removeFirst().close();
        }
      }
    } catch (IllegalStateException e) {
      assertThat(e).hasMessage("pool has ended, and has no shared memory");
      return made;
    }
  }
}

package dev.tandem.pools.internal.channel;

import static java.lang.classfile.ClassFile.ACC_FINAL;
import static java.lang.classfile.ClassFile.ACC_PRIVATE;
import static java.lang.classfile.ClassFile.ACC_PUBLIC;
import static java.lang.constant.ConstantDescs.CD_int;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.pools.internal.codec.Encoder;
import dev.tandem.pools.internal.codec.HandleOpener;
import dev.tandem.pools.internal.codec.TypeFilter;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.RecordAttribute;
import java.lang.classfile.attribute.RecordComponentInfo;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.foreign.Arena;
import java.lang.invoke.MethodHandles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Elements as records of a lane: what is too large for one, the definitions included, has a file.
class ParcelCodecTest {
  @TempDir private Path directory;

  private ParcelCodec codec(int origin) {
    ClassLoader loader = ParcelCodecTest.class.getClassLoader();
    TypeFilter filter = new TypeFilter(List.of("dev.tandem.pools.**"), loader);
    Coding coding =
        new Coding(origin, new Encoder(filter), filter, loader, HandleOpener.NONE, 1 << 24);
    return new ParcelCodec(coding, new Spill(directory, origin, 1), false);
  }

  /// {@return an object of a new record class, whose definition has 20,000 bytes, at least}
  private static Object withLargeDefinition(String first) throws Exception {
    ClassDesc type =
        ClassDesc.of(ParcelCodecTest.class.getPackageName(), first + "a".repeat(20_000));
    MethodTypeDesc constructor = MethodTypeDesc.of(ConstantDescs.CD_void, CD_int);
    byte[] bytes =
        ClassFile.of()
            .build(
                type,
                record ->
                    record
                        .withFlags(ACC_PUBLIC | ACC_FINAL)
                        .withSuperclass(ClassDesc.of("java.lang.Record"))
                        .with(RecordAttribute.of(RecordComponentInfo.of("x", CD_int)))
                        .withField("x", CD_int, ACC_PRIVATE | ACC_FINAL)
                        .withMethodBody(
                            ConstantDescs.INIT_NAME,
                            constructor,
                            ACC_PUBLIC,
                            code ->
                                code.aload(0)
                                    .invokespecial(
                                        ClassDesc.of("java.lang.Record"),
                                        ConstantDescs.INIT_NAME,
                                        ConstantDescs.MTD_void)
                                    .aload(0)
                                    .iload(1)
                                    .putfield(type, "x", CD_int)
                                    .return_())
                        .withMethodBody(
                            "x",
                            MethodTypeDesc.of(CD_int),
                            ACC_PUBLIC,
                            code -> code.aload(0).getfield(type, "x", CD_int).ireturn()));
    return MethodHandles.lookup()
        .defineClass(bytes)
        .getDeclaredConstructor(int.class)
        .newInstance(5);
  }

  @Test
  void elementWithMoreDefinitionsThanALaneHasRoomForGoesThrough() throws Exception {
    List<Object> all = new ArrayList<>();
    for (char c = 'A'; c < 'K'; c++) {
      all.add(withLargeDefinition("Large" + c));
    }
    ParcelCodec here = codec(Parcel.POOL);
    ParcelCodec there = codec(1);
    Lane lane = new Lane(Arena.ofAuto().allocate(Lane.SIZE, 4096));
    RecordWriter writer = new RecordWriter(lane, here);
    RecordReader reader = new RecordReader(lane, there, directory);

    for (Object element : List.of(all, List.of("small"), all.getFirst(), all.getLast(), all)) {
      Parcel parcel = here.encode(element);
      assertThat(writer.write(parcel)).isNotNull();
      Object decoded = there.decode(reader.next());
      assertThat(text(decoded)).isEqualTo(text(element));
    }
    try (var files = Files.list(directory)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void recordThatNamesWhatIsNoFileOfAnElementIsBroken() {
    for (String name :
        List.of(
            "element-1-1-1\0",
            "element-1",
            "element-1-1-x",
            "element-1-1-1/",
            "element-1-1-+1",
            "element-1-1-\u0661",
            "element--1-1-1",
            "../element-1-1-1",
            "")) {
      Lane lane = new Lane(Arena.ofAuto().allocate(Lane.SIZE, 4096));
      var parcel = new Parcel(1, RecordWriter.bytes(name), Parcel.NO_DEFINITIONS, Path.of("any"));
      assertThat(new RecordWriter(lane, codec(1)).write(parcel)).isNotNull();
      RecordReader reader = new RecordReader(lane, codec(Parcel.POOL), directory);
      assertThatThrownBy(reader::next)
          .as("%s", name)
          .isInstanceOf(RecordReader.BrokenLaneException.class);
    }
  }

  @Test
  void elementWithADefinitionThatItsProcessDoesNotHaveIsRefusedToItsTaker() throws Exception {
    ParcelCodec pool = codec(Parcel.POOL);
    byte[] content = codec(1).encode("x").content;
    for (int origin : new int[] {Parcel.POOL, 1}) {
      for (int id : new int[] {0, 5_000}) {
        Lane lane = new Lane(Arena.ofAuto().allocate(Lane.SIZE, 4096));
        var parcel = new Parcel(origin, content, new int[] {id}, null);
        assertThat(new RecordWriter(lane, pool).write(parcel)).isNotNull();
        Parcel read = new RecordReader(lane, codec(2), directory).next();
        assertThat(read.definitions).containsExactly(id);
        assertThatThrownBy(() -> pool.decode(read)).isInstanceOf(UncheckedIOException.class);
      }
    }
  }

  @Test
  void workerThatWritesInTheNameOfAnotherProcessHasBrokenItsLane() throws Exception {
    ParcelCodec pool = codec(Parcel.POOL);
    for (int origin : new int[] {Parcel.POOL, 2, -1}) {
      Lane lane = new Lane(Arena.ofAuto().allocate(Lane.SIZE, 4096));
      Parcel parcel = new Parcel(origin, new byte[8], new int[] {5}, null);
      assertThat(new RecordWriter(lane, codec(1)).write(parcel)).isNotNull();
      RecordReader reader = new RecordReader(lane, pool, directory, 1);
      assertThatThrownBy(reader::next).isInstanceOf(RecordReader.BrokenLaneException.class);
      assertThat(pool.definition(2, 5)).isEmpty();
    }
  }

  @Test
  void definitionsOfALaneAreBounded() throws Exception {
    Lane lane = new Lane(Arena.ofAuto().allocate(Lane.SIZE, 4096));
    RecordWriter writer = new RecordWriter(lane, (_, _) -> new byte[100_000]);
    RecordReader reader = new RecordReader(lane, (_, _, _) -> {}, directory, 1);
    assertThatThrownBy(
            () -> {
              for (int id = 0; id < 1_000; id++) {
                assertThat(writer.write(new Parcel(1, new byte[0], new int[] {id}, null)))
                    .isNotNull();
                var _ = reader.next();
              }
            })
        .isInstanceOf(RecordReader.BrokenLaneException.class)
        .hasMessageContaining("definitions");
  }

  /// {@return classes and values: these records have no `equals`}
  private static String text(Object element) throws Exception {
    if (element instanceof List<?> list) {
      StringBuilder all = new StringBuilder();
      for (Object each : list) {
        all.append(text(each)).append(' ');
      }
      return all.toString();
    }
    return element instanceof Record
        ? element.getClass().getSimpleName() + element.getClass().getMethod("x").invoke(element)
        : element.toString();
  }
}

package dev.tandem.cluster;

import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;

/// Classes that a body makes on its member, so that the caller has none of them.
final class OnlyThere {
  private static final MethodTypeDesc NO_ARGUMENTS = MethodTypeDesc.of(ConstantDescs.CD_void);

  private OnlyThere() {}

  /// {@return an object of a new class of this package that extends another}
  static synchronized Object make(String name, Class<?> parent) throws Exception {
    ClassDesc above = parent.describeConstable().orElseThrow();
    byte[] bytes =
        ClassFile.of()
            .build(
                ClassDesc.of(OnlyThere.class.getPackageName(), name),
                type ->
                    type.withSuperclass(above)
                        .withFlags(ClassFile.ACC_PUBLIC)
                        .withMethodBody(
                            ConstantDescs.INIT_NAME,
                            NO_ARGUMENTS,
                            ClassFile.ACC_PUBLIC,
                            code ->
                                code.aload(0)
                                    .invokespecial(above, ConstantDescs.INIT_NAME, NO_ARGUMENTS)
                                    .return_()));
    return MethodHandles.lookup().defineClass(bytes).getConstructor().newInstance();
  }
}

package dev.whirl.bench.scenario;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.Base64;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/// A Java function that returns its argument, as a jar in base64.
final class JavaEcho {
    static final String MAIN = "Echo";

    private static final ClassDesc JSON = ClassDesc.of("com.google.gson.JsonObject");

    private JavaEcho() {}

    /// The jar, which holds a file with a note so that no two are the same.
    static String jar(String note) {
        var bytes = new ByteArrayOutputStream();
        try (var jar = new JarOutputStream(bytes)) {
            jar.putNextEntry(new JarEntry(MAIN + ".class"));
            jar.write(echoClass());
            jar.putNextEntry(new JarEntry("note-" + note));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    private static byte[] echoClass() {
        return ClassFile.of()
                .build(
                        ClassDesc.of(MAIN),
                        type -> type.withFlags(ClassFile.ACC_PUBLIC)
                                .withMethodBody(
                                        "main",
                                        MethodTypeDesc.of(JSON, JSON),
                                        ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC,
                                        code -> code.aload(0).areturn()));
    }
}

package dev.whirl.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/// Makes jars of the Java actions among the test resources.
final class JavaCompiler {
    private static final Path SOURCES = Path.of("src/test/resources/java");

    private JavaCompiler() {}

    /// A jar of one class, which its manifest names.
    static byte[] jar(String className) throws IOException {
        Path folder = Files.createTempDirectory("classes-");
        String source = SOURCES.resolve(className + ".java").toString();
        String classPath = System.getProperty("java.class.path");
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-cp", classPath, "-d", folder.toString(), source);
        assertThat(result).as("compiling %s", source).isZero();
        return jar(folder, className);
    }

    private static byte[] jar(Path folder, String mainClass) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, mainClass);
        var bytes = new ByteArrayOutputStream();
        try (var jar = new JarOutputStream(bytes, manifest);
                Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                jar.putNextEntry(new JarEntry(file.getFileName().toString()));
                Files.copy(file, jar);
                Files.delete(file);
            }
        }
        Files.delete(folder);
        return bytes.toByteArray();
    }
}

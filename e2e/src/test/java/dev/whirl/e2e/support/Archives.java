package dev.whirl.e2e.support;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Archives as users upload them: in base64.
public final class Archives {
    private Archives() {}

    /// A zip of text files.
    public static String zip(Map<String, String> files) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return base64(bytes);
    }

    /// A zip with one file of zeros that unpacks to this many MiB, beside a proper `index.js`.
    public static String bomb(int mebibytes) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.setLevel(Deflater.BEST_SPEED);
            zip.putNextEntry(new ZipEntry("index.js"));
            zip.write("exports.main = args => args;".getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("zeros"));
            var chunk = new byte[1 << 20];
            for (int i = 0; i < mebibytes; i++) {
                zip.write(chunk);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return base64(bytes);
    }

    /// A jar with one class of these tests and, like every Java function, without the Gson it is compiled against.
    public static String jar(Class<?> function) {
        String path = function.getName().replace('.', '/') + ".class";
        var bytes = new ByteArrayOutputStream();
        try (var jar = new JarOutputStream(bytes);
                InputStream in = function.getClassLoader().getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("no class file for " + function);
            }
            jar.putNextEntry(new JarEntry(path));
            in.transferTo(jar);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return base64(bytes);
    }

    private static String base64(ByteArrayOutputStream bytes) {
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}

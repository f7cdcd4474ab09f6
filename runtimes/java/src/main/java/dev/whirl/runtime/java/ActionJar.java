package dev.whirl.runtime.java;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/// The jar of the action. It stays packed; classes are read from it when they are first used.
///
/// @param mainClass of its manifest
record ActionJar(ClassLoader loader, @Nullable String mainClass) {
    private static final String UNNAMED = "main"; // what the platform sends when the user named no entry point
    private static final String DEFAULT_METHOD = "main";

    static ActionJar unpack(String base64) throws CodeException, IOException {
        Path file = Files.createTempFile("action-", ".jar");
        Files.write(file, decode(base64));
        @Nullable String mainClass = mainClass(file);
        var loader = new URLClassLoader(new URL[] {file.toUri().toURL()}, new SharedClasses());
        Thread.currentThread().setContextClassLoader(loader);
        return new ActionJar(loader, mainClass);
    }

    /// Finds `class` or `class#method`.
    EntryPoint entryPoint(String main) throws CodeException {
        int hash = main.indexOf('#');
        String className = hash < 0 ? main : main.substring(0, hash);
        String method = hash < 0 ? DEFAULT_METHOD : main.substring(hash + 1);
        if (className.equals(UNNAMED) && mainClass != null) {
            className = mainClass;
        }
        return EntryPoint.find(load(className), method);
    }

    private Class<?> load(String name) throws CodeException {
        try {
            return Class.forName(name, true, loader);
        } catch (ClassNotFoundException e) {
            throw new CodeException(
                    "The class '%s' is not in the jar, or one that it needs: '%s'.".formatted(name, e.getMessage()));
        }
    }

    private static byte[] decode(String base64) throws CodeException {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new CodeException("The code is not a jar in base64: %s.".formatted(e.getMessage()));
        }
    }

    private static @Nullable String mainClass(Path file) throws CodeException, IOException {
        try (var jar = new JarFile(file.toFile())) {
            @Nullable Manifest manifest = jar.getManifest();
            return manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
        } catch (ZipException e) {
            throw new CodeException("The code is not a jar: %s.".formatted(e.getMessage()));
        }
    }

    /// What an action shares with this launcher: the JDK, and Gson, whose types its method has in its signature.
    private static final class SharedClasses extends ClassLoader {
        SharedClasses() {
            super(ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.startsWith("com.google.gson.")) {
                return Class.forName(name, false, Launcher.class.getClassLoader());
            }
            throw new ClassNotFoundException(name);
        }
    }
}

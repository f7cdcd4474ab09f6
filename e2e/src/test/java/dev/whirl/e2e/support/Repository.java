package dev.whirl.e2e.support;

import java.nio.file.Files;
import java.nio.file.Path;

/// The checkout that these tests belong to.
public final class Repository {
    private Repository() {}

    /// The folder of the parent module, found by walking up from the working directory.
    public static Path root() {
        Path start = Path.of("").toAbsolutePath();
        for (Path each = start; each != null; each = each.getParent()) {
            if (Files.isDirectory(each.resolve("e2e")) && Files.isDirectory(each.resolve("model"))) {
                return each;
            }
        }
        throw new IllegalStateException("no checkout above " + start);
    }
}

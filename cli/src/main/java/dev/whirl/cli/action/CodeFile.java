package dev.whirl.cli.action;

import dev.whirl.cli.command.CliException;
import dev.whirl.client.ActionDocument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// Saves the code of an action to a new file.
record CodeFile(Path folder) {
    /// @param chosen name of the file; null for the action's name with the suffix of its kind
    /// @return the file's whole path
    Path save(ActionDocument action, @Nullable String chosen) {
        String kind = action.exec().containsKey("kind") ? action.kind() : "";
        if (kind.equals("sequence")) {
            throw CliException.usage("Cannot save action sequences");
        }
        String code = action.code().orElse("");
        if (kind.equals("blackbox") && code.isEmpty()) {
            throw CliException.usage("Cannot save Docker images");
        }
        String name = chosen == null ? action.name() + KindBySuffix.suffixOf(kind, action.isBinary()) : chosen;
        byte[] bytes = action.isBinary() ? decoded(code) : code.getBytes(StandardCharsets.UTF_8);
        return write(folder.resolve(name).toAbsolutePath().normalize(), name, bytes);
    }

    private static byte[] decoded(String code) {
        try {
            return Base64.getDecoder().decode(code.strip());
        } catch (IllegalArgumentException e) {
            throw CliException.general("The code is not base64 as the server says: " + e.getMessage());
        }
    }

    private static Path write(Path file, String name, byte[] bytes) {
        try {
            return Files.write(file, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException _) {
            throw CliException.usage("The file '%s' already exists".formatted(name));
        } catch (IOException e) {
            throw CliException.usage("Cannot create file '%s': %s".formatted(name, e.getMessage()));
        }
    }
}

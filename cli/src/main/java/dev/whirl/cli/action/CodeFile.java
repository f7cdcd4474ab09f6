package dev.whirl.cli.action;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.file.FileProblem;
import dev.whirl.cli.file.WholeFile;
import dev.whirl.client.ActionDocument;
import dev.whirl.model.json.RawJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Saves the code of an action to a new file.
public record CodeFile(Path folder) {
    /// @param chosen name of the file; null for the action's name with the suffix of its kind
    /// @return the file's whole path
    Path save(ActionDocument action, @Nullable String chosen) {
        String kind = action.exec().containsKey("kind") ? action.kind() : "";
        if (kind.equals("sequence")) {
            throw CliException.usage("Cannot save action sequences");
        }
        if (kind.equals("blackbox") && action.code().orElse("").isEmpty()) {
            throw CliException.usage("Cannot save Docker images");
        }
        Code code = Code.of(action).orElseGet(() -> new Code("", new byte[0]));
        String name = chosen == null ? fileName(action.name() + code.suffix()) : chosen;
        return write(folder.resolve(name).toAbsolutePath().normalize(), name, code.bytes());
    }

    /// A name that a server gave, if it is one of a file in the folder itself.
    public static String fileName(String name) {
        boolean isPlain = !name.isBlank() && name.chars().noneMatch(c -> c == '/' || c == '\\' || c < ' ' || c == 0x7f);
        if (!isPlain || name.equals(".") || name.equals("..")) {
            throw CliException.general("The server gave a name that no file may have: " + RawJson.string(name));
        }
        return name;
    }

    /// Code as it lies in a file.
    ///
    /// @param suffix that suits it, with its dot
    @SuppressWarnings("ArrayRecordComponent") // a value on its way, never compared
    public record Code(String suffix, byte[] bytes) {
        /// The code of an action; empty if it has none.
        public static Optional<Code> of(ActionDocument action) {
            String kind = action.exec().containsKey("kind") ? action.kind() : "";
            return action.code()
                    .filter(code -> !code.isEmpty())
                    .map(code -> new Code(
                            KindBySuffix.suffixOf(kind, action.isBinary()),
                            action.isBinary() ? decoded(code) : code.getBytes(StandardCharsets.UTF_8)));
        }
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
            WholeFile.create(file, bytes);
            return file;
        } catch (FileAlreadyExistsException _) {
            throw CliException.usage("The file '%s' already exists".formatted(name));
        } catch (IOException e) {
            throw CliException.usage("Cannot create file '%s': %s".formatted(name, FileProblem.of(e)));
        }
    }
}

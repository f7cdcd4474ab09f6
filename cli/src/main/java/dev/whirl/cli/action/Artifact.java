package dev.whirl.cli.action;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.file.FileProblem;
import dev.whirl.client.ActionExec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/// The file with an action's code, as it is sent: text, or base64 of an archive or executable.
///
/// @param suffix with its dot
/// @param code as it is sent
public record Artifact(String suffix, String code) {
    /// Far above what a server accepts (48 MB); keeps a mistaken file name from filling the memory.
    public static final long MAX_BYTES = 96L * 1024 * 1024;

    private static final String JAVA_SOURCE = ".java";

    /// Reads a file.
    ///
    /// @param name as the user wrote it
    public static Artifact read(Path file, String name) {
        if (!Files.isRegularFile(file)) {
            throw CliException.usage("File '%s' is not a valid file or it does not exist".formatted(name));
        }
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw tooLarge(name);
            }
            String suffix = KindBySuffix.suffix(name);
            requireArchive(file, name, suffix);
            return new Artifact(suffix, code(Files.readAllBytes(file), suffix));
        } catch (IOException e) {
            throw CliException.general("Unable to read the file '%s': %s".formatted(name, FileProblem.of(e)));
        }
    }

    /// Reads a file, or what a program writes into a pipe, as `<(…)` in a shell.
    ///
    /// @param name as the user wrote it
    static Artifact readAny(Path file, String name) {
        if (!Files.exists(file) || Files.isRegularFile(file) || Files.isDirectory(file)) {
            return read(file, name);
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes((int) MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw tooLarge(name);
            }
            return of(name, bytes);
        } catch (IOException e) {
            throw CliException.general("Unable to read the file '%s': %s".formatted(name, FileProblem.of(e)));
        }
    }

    private static CliException tooLarge(String name) {
        return CliException.usage("File '%s' is too large for an action".formatted(name));
    }

    /// Code that lies elsewhere.
    ///
    /// @param name whose suffix tells what it is
    public static Artifact of(String name, byte[] bytes) {
        String suffix = KindBySuffix.suffix(name);
        if (isZip(suffix)) {
            requireArchive(bytes, name);
        }
        return new Artifact(suffix, code(bytes, suffix));
    }

    private static void requireArchive(byte[] bytes, String name) {
        try (var archive = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            if (archive.getNextEntry() != null) {
                return;
            }
        } catch (IOException _) {
            // as what has no entries
        }
        throw CliException.usage("File '%s' is not a readable archive".formatted(name));
    }

    private static boolean isZip(String suffix) {
        return suffix.equals(".zip") || suffix.equals(".jar");
    }

    private static void requireArchive(Path file, String name, String suffix) throws IOException {
        if (isZip(suffix)) {
            try (var archive = new ZipFile(file.toFile())) {
                if (archive.size() == 0) {
                    throw CliException.usage("File '%s' is an archive with nothing in it".formatted(name));
                }
            } catch (ZipException e) {
                throw CliException.usage("File '%s' is not a readable archive: %s".formatted(name, e.getMessage()));
            }
        }
    }

    /// The `exec` of an action with this code or without.
    public static ActionExec exec(@Nullable Artifact artifact, ExecFlags flags) {
        String image = flags.image();
        if (flags.kind() != null && flags.docker() != null) {
            throw CliException.usage("Cannot specify both --kind and --docker at the same time.");
        }
        if (flags.kind() == null && image != null) {
            return new ActionExec.Image(image, artifact == null ? null : artifact.code(), flags.main());
        }
        if (artifact == null) {
            throw CliException.usage(ActionFlags.ARTIFACT_REQUIRED);
        }
        String kind = flags.kind() == null ? kindOf(artifact.suffix()) : flags.kind();
        if (artifact.suffix().equals(JAVA_SOURCE)) {
            throw unsupported(artifact.suffix());
        }
        if (kind.equals("java") && flags.main() == null) {
            throw CliException.usage(
                    "Java actions require --main to specify the fully-qualified name of the main class");
        }
        return new ActionExec.Code(kind, artifact.code(), flags.main());
    }

    /// What the flags say about the code; null for what they do not say.
    ///
    /// @param isNative the code is an executable, or an archive with one
    public record ExecFlags(
            @Nullable String kind,
            @Nullable String docker,
            boolean isNative,
            @Nullable String main) {
        private static final String SKELETON = "openwhisk/dockerskeleton";

        @Nullable
        String image() {
            return isNative ? SKELETON : docker;
        }
    }

    private static String kindOf(String suffix) {
        return KindBySuffix.kind(suffix).orElseThrow(() -> unsupported(suffix));
    }

    private static CliException unsupported(String suffix) {
        return CliException.usage(
                switch (suffix) {
                    case "" ->
                        "creating an action from a pipe, or a file without a suffix, requires specifying the action kind explicitly";
                    case ".zip" ->
                        "creating an action from a .zip artifact requires specifying the action kind explicitly";
                    case JAVA_SOURCE ->
                        "'.java' is not a supported action runtime: compile it, pack the classes into a .jar, and name the main class";
                    default -> "'%s' is not a supported action runtime".formatted(suffix);
                });
    }

    private static String code(byte[] bytes, String suffix) {
        Optional<String> text = KindBySuffix.isArchive(suffix) ? Optional.empty() : text(bytes);
        return text.orElseGet(() -> Base64.getEncoder().encodeToString(bytes));
    }

    /// Empty if the bytes are not text, as those of an executable.
    private static Optional<String> text(byte[] bytes) {
        for (byte b : bytes) {
            if (b == 0) {
                return Optional.empty();
            }
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }
}

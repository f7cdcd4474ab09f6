package dev.whirl.sandbox.process.launch;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What a sandbox must show of an interpreter that is not part of the system: the parts of its own installation that a
/// running program reads, and nothing beside them.
final class InterpreterFolders {
    private static final List<String> PARTS = List.of("bin", "lib", "lib32", "lib64", "libexec", "conf", "ssl");

    private InterpreterFolders() {}

    /// The paths to show; none if the program is in what every sandbox shows.
    ///
    /// @param program its real path
    static List<Path> needed(Path program, PrivateFolders secret) {
        if (HostLayout.isShown(program, secret)) {
            return List.of();
        }
        Path installation = installation(program);
        if (installation.equals(program)) {
            return List.of(program);
        }
        return PARTS.stream()
                .map(installation::resolve)
                .filter(part -> Files.isDirectory(part, LinkOption.NOFOLLOW_LINKS))
                .toList();
    }

    /// Why functions must not see what that program needs, with what to do; empty if they may.
    static Optional<String> objection(Path program, PrivateFolders secret) {
        if (HostLayout.isShown(program, secret)) {
            return Optional.empty();
        }
        return secret.objection(installation(program))
                .map(reason -> "%s can't be shown to functions (%s): install it below /usr or in a folder of its own"
                        .formatted(program, reason));
    }

    /// What was installed together: the folder above `bin`, or the program alone.
    private static Path installation(Path program) {
        Path folder = program.getParent();
        Path above = folder == null || !folder.endsWith("bin") ? null : folder.getParent();
        return above == null ? program : above;
    }
}

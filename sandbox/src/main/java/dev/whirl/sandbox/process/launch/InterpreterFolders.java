package dev.whirl.sandbox.process.launch;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a sandbox must show of an interpreter that is not part of the system: the parts of its own installation that a
/// running program reads, and nothing beside them.
final class InterpreterFolders {
    private static final List<String> PARTS = List.of("bin", "lib", "lib32", "lib64", "libexec", "conf", "ssl");

    private InterpreterFolders() {}

    /// The paths to show; none if the program is in what every sandbox shows.
    ///
    /// @param program its real path
    /// @param more parts of its installation that this one reads, too
    static List<Path> needed(Path program, List<String> more, PrivateFolders secret) {
        if (HostLayout.isShown(program, secret)) {
            return List.of();
        }
        Path installation = installation(program, more);
        if (installation.equals(program)) {
            return List.of(program);
        }
        boolean isInBin = !installation.equals(program.getParent());
        Stream<String> usual = isInBin ? PARTS.stream() : Stream.of(String.valueOf(program.getFileName()));
        return Stream.concat(usual, more.stream())
                .map(installation::resolve)
                .filter(part -> Files.exists(part, LinkOption.NOFOLLOW_LINKS) && !Files.isSymbolicLink(part))
                .distinct()
                .toList();
    }

    /// Why functions must not see what that program needs, with what to do; empty if they may.
    static Optional<String> objection(Path program, List<String> more, PrivateFolders secret) {
        if (HostLayout.isShown(program, secret)) {
            return Optional.empty();
        }
        return secret.objection(installation(program, more))
                .map(reason -> "%s can't be shown to functions (%s): install it below /usr or in a folder of its own"
                        .formatted(program, reason));
    }

    /// What was installed together: the folder above `bin`, or the program's own if it needs more of it, or the program
    /// alone.
    private static Path installation(Path program, List<String> more) {
        Path folder = program.getParent();
        if (folder == null) {
            return program;
        }
        Path above = folder.endsWith("bin") ? folder.getParent() : null;
        return above != null ? above : more.isEmpty() ? program : folder;
    }
}

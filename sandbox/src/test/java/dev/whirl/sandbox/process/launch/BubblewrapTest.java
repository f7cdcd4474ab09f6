package dev.whirl.sandbox.process.launch;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is said where no box can be made.
class BubblewrapTest {
    private static final String ADVICE = "; or set sandbox.process.isolation=none if you run only code that you trust,"
            + " or use sandbox.backend=docker";

    @TempDir
    Path folder;

    @Test
    void oneThatIsMissingIsToBeInstalled() {
        assertThatThrownBy(() -> Bubblewrap.find(_ -> Optional.empty(), List.of(), List.of()))
                .isInstanceOf(IOException.class)
                .hasMessage("bubblewrap is not here: install it with: apt-get install bubblewrap" + ADVICE);
    }

    @Test
    void oneThatIsTooOldIsToBeReplaced() throws IOException {
        Path old = program("echo --ro-bind --perms");

        assertThatThrownBy(() -> Bubblewrap.find(_ -> Optional.of(old), List.of(), List.of()))
                .isInstanceOf(IOException.class)
                .hasMessage(old + " is older than version 0.5: install a newer one" + ADVICE);
    }

    @Test
    void oneThatTheKernelDoesNotLetMakeABoxTellsWhichSettingsToChange() throws IOException {
        Path forbidden = program("""
                [ "$1" = --help ] && echo --size --perms --disable-userns && exit
                echo "bwrap: No permissions to create new namespace" >&2
                exit 1
                """);

        assertThatThrownBy(() -> Bubblewrap.find(_ -> Optional.of(forbidden), List.of(), List.of()))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("bubblewrap can't make a sandbox here (bwrap: No permissions to create new"
                        + " namespace): allow user namespaces with: sysctl -w user.max_user_namespaces=10000 ")
                .hasMessageEndingWith("(those that exist)" + ADVICE)
                .hasMessageNotContaining("\n");
    }

    private Path program(String script) throws IOException {
        Path file = Files.writeString(folder.resolve("bwrap"), "#!/bin/sh\n" + script + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}

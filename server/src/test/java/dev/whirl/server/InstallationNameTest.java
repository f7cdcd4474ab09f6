package dev.whirl.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationNameTest {
    @TempDir
    private static Path folder;

    @Test
    void aServerFindsItsNameAgainAndNoOtherHasIt() {
        Path own = folder.resolve("own");
        String first;
        try (InstallationName name = InstallationName.open(own, "invoker0")) {
            first = name.text();
        }

        try (InstallationName again = InstallationName.open(own, "invoker0");
                InstallationName other = InstallationName.open(folder.resolve("other"), "invoker0")) {
            assertThat(again.text()).isEqualTo(first);
            assertThat(other.text()).isNotEqualTo(first);
            assertThat(other.text().split(" ")[0]).isNotEqualTo(first.split(" ")[0]);
        }
    }

    @Test
    void twoServersDoNotShareAFolder() {
        try (InstallationName first = InstallationName.open(folder, "invoker0")) {
            assertThat(first.text()).isNotEmpty();
            assertThatThrownBy(() -> InstallationName.open(folder, "invoker1"))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("another server uses the folder " + folder.toAbsolutePath());
        }
    }
}

package dev.whirl.sandbox.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.sandbox.process.launch.SandboxFolder;
import dev.whirl.sandbox.process.launch.UserIds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class OrdinaryUserTest {
    /// With a device for networks that everybody may open, as it is where a device manager runs.
    private static final String WITH_DEVICE =
            "mount -t tmpfs -o mode=755 tmpfs /dev/net && mknod -m 666 /dev/net/tun c 10 200 && exec \"$@\"";

    private static final List<String> AS_NOBODY = List.of(
            "unshare",
            "--mount",
            "--propagation",
            "private",
            "sh",
            "-c",
            WITH_DEVICE,
            "sh",
            "setpriv",
            "--reuid",
            "65534",
            "--regid",
            "65534",
            "--clear-groups");

    @Test
    @Tag("attack-18")
    @Tag("attack-19")
    @Tag("attack-20")
    void theSuitePassesForAServerThatIsNotRoot() throws Exception {
        Path copies = Files.createTempDirectory("whirl-ordinary");
        try {
            boolean isRoot = UserIds.ofThisProcess().isAvailable();
            Process server = OtherServer.start(
                    isRoot ? AS_NOBODY : List.of(),
                    OtherServer.readableClassPath(copies),
                    OrdinaryUser.class.getName());
            String output = OtherServer.output(server, Duration.ofMinutes(4));

            assertThat(server.waitFor()).as(output).isZero();
            assertThat(output).contains("done, failed 0").contains("ok: fork bomb");
        } finally {
            SandboxFolder.deleteTree(copies);
        }
    }
}

package dev.whirl.sandbox.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.sandbox.process.launch.SandboxFolder;
import dev.whirl.sandbox.process.launch.UserIds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class OrdinaryUserTest {
    private static final List<String> AS_NOBODY =
            List.of("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups");

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
            String output = new String(server.getInputStream().readAllBytes(), UTF_8);

            assertThat(server.waitFor()).as(output).isZero();
            assertThat(output).contains("done, failed 0").contains("ok: fork bomb");
        } finally {
            SandboxFolder.deleteTree(copies);
        }
    }
}

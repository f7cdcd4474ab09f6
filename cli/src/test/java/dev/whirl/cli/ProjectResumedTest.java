package dev.whirl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Projects whose deployment ends in the middle: how to go on is told.
@Tag("L-22")
final class ProjectResumedTest extends ProjectTest {
    private static final String AGAIN = "Run it again to finish it";

    private final List<Integer> exitCodes = new ArrayList<>();

    @Test
    void whatCannotBeUndeployedCanBeTriedAgain() throws IOException {
        manifest("{p: {}}");
        wsk.server().answerNext(500, "{\"error\":\"no\",\"code\":\"TID\"}");

        var run = wsk.run("project", "undeploy");

        assertThat(run.exitCode()).isEqualTo(244);
        assertThat(run.err()).isEqualTo("""
                        error: Unable to undeploy package [p]: no (code TID)
                        Undeployment did not complete successfully. Run it again to finish it.
                        """);
    }

    @Test
    void whoeverInterruptsADeploymentIsToldHowToGoOn() throws IOException {
        interruptAtOnce();
        manifest("{p: {}}");

        assertThat(wsk.run("project", "deploy").err())
                .isEqualTo("Deployment was interrupted. " + AGAIN
                        + ", or 'wsk project undeploy' to remove what the manifest names.\n");
        assertThat(wsk.run("project", "undeploy").err()).isEqualTo("Undeployment was interrupted. " + AGAIN + ".\n");
        assertThat(exitCodes).containsExactly(130, 130);
    }

    @Test
    void whereNothingIsChangedNothingCanBeInterrupted() throws IOException {
        interruptAtOnce();
        manifest("{p: {}}");

        assertThat(wsk.run("project", "deploy", "--preview").err()).isEmpty();
        assertThat(wsk.run("project", "undeploy", "--preview").err()).isEmpty();
    }

    @Test
    @Tag("L-39")
    void whatIsTakenFromOutsideOfTheProjectIsTold() throws IOException {
        wsk.file("shared.js", "x");
        Path project = Files.createDirectories(folder.resolve("project/src"));
        Files.writeString(project.resolve("index.js"), "x");
        wsk.file(
                "project/manifest.yaml",
                "packages: {p: {actions: {a: {function: src, include: [[../*.js, lib], [src/index.js, again.js]]}, b: {function: ../shared.js}}}}");

        assertThat(wsk.run("project", "deploy", "--project", "project").out()).startsWith("""
                        Info: Taking '../*.js' from outside of the project's folder
                        Info: Taking '../shared.js' from outside of the project's folder
                        Info: Deploying package [p] ...
                        """);
    }

    /// As soon as there is something to interrupt.
    private void interruptAtOnce() {
        wsk.with((exitCode, farewell) -> {
            exitCodes.add(exitCode);
            farewell.run();
            return () -> {};
        });
    }
}

package dev.whirl.invoker.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.invoker.Samples;
import dev.whirl.invoker.run.RuntimeChoice.Found;
import dev.whirl.invoker.run.RuntimeChoice.Missing;
import dev.whirl.model.entity.Exec;
import dev.whirl.sandbox.RuntimeReadiness;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RuntimeChooserTest {
    private static final String NODE_IMAGE = "openwhisk/action-nodejs-v20:nightly";

    private final RuntimeChooser chooser = new RuntimeChooser(
            Samples.manifest(),
            List.of(
                    new RuntimeReadiness("nodejs:20", true, "/usr/bin/node"),
                    new RuntimeReadiness("native", true, "always"),
                    new RuntimeReadiness("swift:5.7", false, "needs docker")));

    @Test
    @Tag("R-63")
    void anOlderKindIsServedByTheNewestOfItsFamily() {
        assertThat(chooser.choose(Samples.code("nodejs:18"))).isEqualTo(new Found("nodejs:20", NODE_IMAGE));
        assertThat(chooser.choose(Samples.code("nodejs:20"))).isEqualTo(new Found("nodejs:20", NODE_IMAGE));
    }

    @Test
    void aRuntimeThatIsNotHereIsSaidToBeMissingAndWhy() {
        assertThat(chooser.choose(Samples.code("swift:5.7")))
                .isEqualTo(new Missing("The runtime 'swift:5.7' is not available on this platform: needs docker."));
        assertThat(chooser.choose(Samples.code("cobol:1"))).isInstanceOf(Missing.class);
    }

    @Test
    @Tag("K-22")
    void anImageOfTheListRunsAsAnExecutable() {
        assertThat(chooser.choose(image("openwhisk/dockerskeleton"))).isInstanceOf(Found.class);
        assertThat(chooser.choose(image("openwhisk/dockerskeleton:1.14")))
                .isEqualTo(new Found("native", "openwhisk/dockerskeleton:1.14"));
        assertThat(chooser.choose(image("registry.example:5000/openwhisk/dockerskeleton:x")))
                .isInstanceOf(Found.class);
    }

    @Test
    @Tag("K-22")
    void anotherImageNeedsABackendThatRunsImages() {
        assertThat(chooser.choose(image("me/mine")))
                .isEqualTo(new Missing("The image 'me/mine' can only be run where Docker is, and this platform runs"
                        + " actions as processes."));

        var docker =
                new RuntimeChooser(Samples.manifest(), List.of(new RuntimeReadiness("blackbox", true, "docker 27")));
        assertThat(docker.choose(image("me/mine"))).isEqualTo(new Found("blackbox", "me/mine"));
    }

    private static Exec image(String name) {
        return new Exec.Blackbox(name, null, null);
    }
}

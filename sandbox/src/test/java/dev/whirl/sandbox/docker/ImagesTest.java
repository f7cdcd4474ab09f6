package dev.whirl.sandbox.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.common.config.ConfigReader;
import dev.whirl.common.time.Deadlines;
import dev.whirl.sandbox.SandboxException;
import dev.whirl.sandbox.docker.engine.Engine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// When images are pulled, and what becomes of an action whose image can't be.
@Tag("K-25")
class ImagesTest {
    private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

    private static final AtomicInteger LAST_FILE = new AtomicInteger();

    @TempDir
    private static Path folder;

    private final Path remembered = folder.resolve("images-" + LAST_FILE.incrementAndGet());

    @SuppressWarnings("NullAway.Init")
    private Deadlines deadlines;

    @SuppressWarnings("NullAway.Init")
    private EngineStandIn engine;

    @BeforeEach
    void start() throws Exception {
        deadlines = Deadlines.started("container-deadlines");
        engine = new EngineStandIn();
    }

    @AfterEach
    void stop() throws Exception {
        engine.close();
        deadlines.close();
    }

    @Test
    void aFloatingNameIsPulledEachTime() throws Exception {
        engine.canPull("me/box:latest", "new");
        Images images = images();

        assertThat(images.ofUser("me/box").id()).isEqualTo("new");
        assertThat(images.ofUser("me/box").id()).isEqualTo("new");

        assertThat(engine.pulls()).containsExactly("me/box:latest", "me/box:latest");
    }

    @Test
    void aFloatingNameThatCannotBePulledIsNotRunEvenIfItIsHere() {
        engine.has("me/box", "old").has("me/box:latest", "old");

        for (String name : new String[] {"me/box", "me/box:latest"}) {
            assertThatThrownBy(() -> images().ofUser(name))
                    .isInstanceOfSatisfying(
                            SandboxException.class,
                            e -> assertThat(e.forUser()).contains("Failed to pull container image '" + name + "'."))
                    .hasMessageContaining("manifest unknown");
        }
    }

    @Test
    void anotherTagIsPulledIfThatWorksAndElseRunAsItIs() throws Exception {
        engine.has("me/box:1", "old");
        assertThat(images().ofUser("me/box:1").id()).isEqualTo("old");

        engine.canPull("me/box:1", "new");
        assertThat(images().ofUser("me/box:1").id()).isEqualTo("new");

        assertThatThrownBy(() -> images().ofUser("me/box:2")).isInstanceOf(SandboxException.class);
    }

    @Test
    void aDigestThatIsHereIsNotPulled() throws Exception {
        engine.canPull("me/box:" + DIGEST, "exact");

        assertThat(images().ofUser("me/box@" + DIGEST).id()).isEqualTo("exact");
        assertThat(images().ofUser("me/box@" + DIGEST).id()).isEqualTo("exact");

        assertThat(engine.pulls()).containsExactly("me/box:" + DIGEST);
    }

    @Test
    void aRuntimesImageIsPulledOnlyIfItIsNotHere() throws Exception {
        engine.has("whirl/nodejs:20", "here").canPull("whirl/python:3", "there");
        Images images = images();

        images.ofRuntime("whirl/nodejs:20");
        images.ofRuntime("whirl/python:3");
        images.ofRuntime("whirl/python:3");

        assertThat(engine.pulls()).containsExactly("whirl/python:3");
        assertThatThrownBy(() -> images.ofRuntime("whirl/none:1"))
                .isInstanceOfSatisfying(
                        SandboxException.class, e -> assertThat(e.forUser()).isEmpty());
    }

    @Test
    @Tag("attack-20")
    void imagesOfUsersThatWereNotUsedLatelyMakeRoomForOthers() throws Exception {
        for (String name : new String[] {"a", "b", "c", "d"}) {
            engine.canPull("me/" + name + ":1", "id-" + name);
        }
        engine.has("operator/own:1", "id-own").canPull("operator/own:1", "id-own");
        String room = 2 * EngineStandIn.IMAGE_BYTES + "B";
        Images images = images("images-size", room);
        images.ofUser("operator/own:1");
        images.ofUser("me/a:1");
        images.ofUser("me/b:1");
        images.ofUser("me/a:1");

        images.ofUser("me/c:1");
        assertThat(engine.removed()).containsExactly("me/b:1");

        // and they are remembered
        images("images-size", room).ofUser("me/d:1");
        assertThat(engine.removed()).containsExactly("me/b:1", "me/a:1");
    }

    @Test
    @Tag("attack-20")
    void whatANameMeantBeforeIsRemovedInItsTurnAndWhatIsInUseStays() throws Exception {
        engine.canPull("me/a:1", "old").canPull("me/b:1", "id-b").canPull("me/c:1", "id-c");
        Images images = images("images-size", 2 * EngineStandIn.IMAGE_BYTES + "B");
        images.ofUser("me/a:1");
        engine.canPull("me/a:1", "new");
        images.ofUser("me/a:1");

        engine.inUse("me/a:1");
        images.ofUser("me/b:1");
        images.ofUser("me/c:1");

        assertThat(engine.removed()).containsExactly("old", "me/b:1");
    }

    @Test
    @Tag("attack-35")
    @Tag("attack-36")
    void onlyNamedRegistriesAreAsked() throws Exception {
        for (String name :
                new String[] {"169.254.169.254/x", "localhost:5000/x", "evil.example/x:1", "10.0.0.1:80/x@" + DIGEST}) {
            assertThatThrownBy(() -> images().ofUser(name)).isInstanceOf(SandboxException.class);
        }
        assertThat(engine.pulls()).isEmpty();

        engine.canPull("quay.io/me/box:latest", "new");
        assertThat(images().ofUser("quay.io/me/box").id()).isEqualTo("new");
        assertThatThrownBy(() -> images("registries", "*").ofUser("evil.example/x"))
                .isInstanceOf(SandboxException.class);
        assertThat(engine.pulls()).contains("evil.example/x:latest");
    }

    @Test
    @Tag("attack-35")
    void whatIsNoNameReachesNoEngine() throws Exception {
        for (String name : new String[] {"a b", "../../containers/json?x", "x\r\nHost: y", "", "/x", "a//b"}) {
            assertThatThrownBy(() -> images().ofUser(name)).isInstanceOf(SandboxException.class);
        }
        assertThat(engine.pulls()).isEmpty();
    }

    @Test
    void eachRegistryGetsItsOwnCredentialsAndNoOther() throws Exception {
        Path file = Files.writeString(folder.resolve("config.json"), """
                {"auths": {"https://index.docker.io/v1/": {"auth": "%s"},
                           "own.example:5000": {"username": "robot", "password": "secret"}}}
                """.formatted(
                        Base64.getEncoder().encodeToString("hub:pass:word".getBytes(UTF_8))));
        engine.canPull("me/box:latest", "a")
                .canPull("own.example:5000/box:latest", "b")
                .canPull("ghcr.io/box:latest", "c");
        Images images = images("credentials", file.toString());

        images.ofUser("me/box");
        images.ofUser("own.example:5000/box");
        images.ofUser("ghcr.io/box");

        assertThat(engine.credentials().stream()
                        .map(each -> new String(Base64.getUrlDecoder().decode(each), UTF_8)))
                .containsExactly(
                        "{\"username\":\"hub\",\"password\":\"pass:word\",\"serveraddress\":\"\"}",
                        "{\"username\":\"robot\",\"password\":\"secret\",\"serveraddress\":\"own.example:5000\"}",
                        "");
    }

    private Images images(String... settings) throws Exception {
        var values = new HashMap<String, String>();
        values.put("sandbox.docker.socket", engine.socket().toString());
        for (int i = 0; i < settings.length; i += 2) {
            values.put("sandbox.docker." + settings[i], settings[i + 1]);
        }
        var reader = new ConfigReader(List.of(new ConfigReader.Source("--set", values)), Map.of());
        DockerSandboxConfig config = DockerSandboxConfig.read(reader);
        reader.finish();
        Engine connected = Engine.connect(config.engine(), deadlines);
        return new Images(connected, config, Set.of(), new PulledImages(connected, remembered, config.imagesSize()));
    }
}

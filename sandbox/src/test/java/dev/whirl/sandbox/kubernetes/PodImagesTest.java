package dev.whirl.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.common.config.ConfigException;
import dev.whirl.common.config.ConfigReader;
import dev.whirl.common.units.ByteSize;
import dev.whirl.sandbox.SandboxException;
import dev.whirl.sandbox.SandboxSpec;
import dev.whirl.sandbox.image.ImageTraits;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("K-25")
class PodImagesTest {
    @Test
    void aRuntimesImageIsTheManifestsUnlessAnotherIsNamed() throws Exception {
        PodImages images = images("images", "nodejs:20=registry.example/whirl/nodejs:20");

        assertThat(choose(images, "nodejs:20", "openwhisk/action-nodejs-v20:nightly")
                        .name())
                .isEqualTo("registry.example/whirl/nodejs:20");
        assertThat(choose(images, "go:1.20", "openwhisk/action-golang-v1.20").name())
                .isEqualTo("openwhisk/action-golang-v1.20");
    }

    @ParameterizedTest
    @CsvSource({"me/box,false,true", "me/box:1,false,false", "own/native,true,true", "ghcr.io/own/native,false,true"})
    void aUsersImageIsAnybodysUnlessThePlatformProvidesIt(String name, boolean isOwn, boolean isFloating)
            throws Exception {
        PodImages.Chosen chosen = choose(images(), "blackbox", name);

        assertThat(chosen.isOwn()).isEqualTo(isOwn);
        assertThat(chosen.isFloating()).isEqualTo(isFloating);
    }

    @Test
    void whatImagesCanDoIsToldByTheBeginningsOfTheirNames() throws Exception {
        PodImages images = images("image-traits", "whirl/=concurrent+read-only-root,whirl/php=none");

        assertThat(choose(images, "nodejs:20", "whirl/nodejs:20").traits())
                .isEqualTo(new ImageTraits(false, true, true));
        assertThat(choose(images, "php:8.1", "whirl/php:8.1").traits()).isEqualTo(ImageTraits.NONE);
        assertThat(choose(images, "blackbox", "whirl/nodejs:20").traits()).isEqualTo(ImageTraits.NONE);
    }

    @ParameterizedTest
    @CsvSource({"evil.example/box", "../box", "a b"})
    void whatMayNotBePulledIsTheUsersAffair(String name) {
        assertThatThrownBy(() -> choose(images(), "blackbox", name))
                .isInstanceOfSatisfying(
                        SandboxException.class,
                        e -> assertThat(e.forUser()).contains("Failed to pull container image '%s'.".formatted(name)));
    }

    @Test
    void anyRegistryWillDoIfTheOperatorSaysSo() throws Exception {
        assertThat(choose(images("registries", "*"), "blackbox", "evil.example/box")
                        .name())
                .isEqualTo("evil.example/box");
    }

    @Test
    void settingsThatMeanNothingAreRefusedTogether() {
        assertThatThrownBy(() ->
                        images("image-traits", "whirl/=fast", "tolerations", "=x", "api-labels", "x", "pod-name", "p"))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e -> assertThat(e.getMessage())
                                .contains(
                                        "'fast' is none of",
                                        "'=x' is not KEY",
                                        "'x' is not KEY=VALUE",
                                        "both, or neither"));
    }

    private static PodImages.Chosen choose(PodImages images, String kind, String image) throws SandboxException {
        return images.choose(new SandboxSpec(kind, image, ByteSize.mebibytes(1), "x"));
    }

    private static PodImages images(String... settings) {
        var values = new HashMap<String, String>();
        for (int i = 0; i < settings.length; i += 2) {
            values.put("sandbox.kubernetes." + settings[i], settings[i + 1]);
        }
        var reader = new ConfigReader(List.of(new ConfigReader.Source("--set", values)), Map.of());
        KubernetesSandboxConfig config = KubernetesSandboxConfig.read(reader);
        reader.finish();
        return new PodImages(config.images(), Set.of("own/native"));
    }
}

package dev.whirl.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.common.units.ByteSize;
import dev.whirl.sandbox.SandboxException;
import dev.whirl.sandbox.SandboxSpec;
import dev.whirl.sandbox.image.ImageTraits;
import dev.whirl.sandbox.kubernetes.manifest.PodImage;
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
        PodImage chosen = choose(images(), "blackbox", name);

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

    private static PodImage choose(PodImages images, String kind, String image) throws SandboxException {
        return images.choose(new SandboxSpec(kind, image, ByteSize.mebibytes(1), "x"));
    }

    private static PodImages images(String... settings) {
        return new PodImages(KubernetesSandboxConfigTest.read(settings).images(), Set.of("own/native"));
    }
}

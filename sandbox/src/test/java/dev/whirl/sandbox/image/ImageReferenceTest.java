package dev.whirl.sandbox.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageReferenceTest {
    @ParameterizedTest
    @CsvSource({
        "box,docker.io,box,latest",
        "me/box:1,docker.io,me/box,1",
        "docker.io/me/box,docker.io,me/box,latest",
        "index.docker.io/me/box,docker.io,me/box,latest",
        "ghcr.io/a/b/c:x,ghcr.io,a/b/c,x",
        "localhost/box,localhost,box,latest",
        "own:5000/box,own:5000,box,latest",
        "own.example:5000/me/box:2,own.example:5000,me/box,2"
    })
    void aNameIsTakenApartAsDockerDoesIt(String name, String registry, String repository, String version) {
        ImageReference reference = ImageReference.parse(name);

        assertThat(reference.registry()).isEqualTo(registry);
        assertThat(reference.repository()).isEqualTo(repository);
        assertThat(reference.version()).isEqualTo(version);
    }

    @Test
    void whatADigestNamesDoesNotFloat() {
        assertThat(ImageReference.parse("box").isFloating()).isTrue();
        assertThat(ImageReference.parse("own:5000/box").isFloating()).isTrue();
        assertThat(ImageReference.parse("box:latest").isFloating()).isTrue();
        assertThat(ImageReference.parse("box:1").isFloating()).isFalse();
        assertThat(ImageReference.parse("box@sha256:00").isFloating()).isFalse();
        assertThat(ImageReference.parse("box:1@sha256:00").version()).isEqualTo("sha256:00");
    }
}

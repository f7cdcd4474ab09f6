package dev.whirl.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.common.config.ConfigReader;
import dev.whirl.controller.api.http.HttpConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelfSignedPairTest {
    @TempDir
    private Path home;

    @Test
    void aPairIsMadeOnceAndFitsTogether() throws IOException {
        SelfSignedPair made = SelfSignedPair.in(home.resolve("tls"));
        String certificate = Files.readString(made.certificate());

        SelfSignedPair again = SelfSignedPair.in(home.resolve("tls"));

        assertThat(again.certificate()).hasContent(certificate);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made.key())))
                .isEqualTo("rw-------");
        assertThat(config(made.certificate(), made.key()).tls()).isNotNull();
    }

    @Test
    void aKeyWithoutACertificateIsAProblemThatIsNamed() {
        var reader = reader(Map.of("http.tls-key", home.resolve("none").toString()));
        HttpConfig.read(reader);

        org.assertj.core.api.Assertions.assertThatThrownBy(reader::finish)
                .hasMessageContaining("http.tls-certificate and http.tls-key are needed both");
    }

    private static HttpConfig config(Path certificate, Path key) {
        var reader = reader(Map.of("http.tls-certificate", certificate.toString(), "http.tls-key", key.toString()));
        HttpConfig config = HttpConfig.read(reader);
        reader.finish();
        return config;
    }

    private static ConfigReader reader(Map<String, String> values) {
        return new ConfigReader(List.of(new ConfigReader.Source("--set", values)), Map.of());
    }
}

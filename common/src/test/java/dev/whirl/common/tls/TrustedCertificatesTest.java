package dev.whirl.common.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.common.config.ConfigReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustedCertificatesTest {
    @TempDir
    private Path folder;

    @Test
    void aFileWithCertificatesIsTaken() {
        Path certificate = CertificatePair.in(folder, "DNS:localhost").certificate();
        ConfigReader reader = reader(certificate.toString());

        assertThat(TrustedCertificates.read(reader, "a.trust")).isEqualTo(certificate);
        reader.finish();
    }

    @Test
    void aFileThatIsNoneIsAProblemThatIsNamed() throws IOException {
        Path garbage = Files.writeString(folder.resolve("garbage.pem"), "no certificate");
        ConfigReader reader = reader(garbage.toString());

        assertThat(TrustedCertificates.read(reader, "a.trust")).isNull();

        assertThatThrownBy(reader::finish).hasMessageContaining("a.trust: %s holds no certificates in PEM", garbage);
    }

    @Test
    void soIsOneThatIsNotThere() {
        ConfigReader reader = reader("/nowhere/ca.pem");

        assertThat(TrustedCertificates.read(reader, "a.trust")).isNull();

        assertThatThrownBy(reader::finish).hasMessageContaining("a.trust: /nowhere/ca.pem can't be read");
    }

    private static ConfigReader reader(String file) {
        return new ConfigReader(List.of(new ConfigReader.Source("test", Map.of("a.trust", file))), Map.of());
    }
}

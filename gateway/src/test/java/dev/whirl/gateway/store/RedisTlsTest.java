package dev.whirl.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.whirl.common.tls.CertificatePair;
import dev.whirl.gateway.store.redis.RedisApiStore;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisTlsTest {
    @TempDir
    private Path folder;

    @Test
    void aRedisIsTrustedWhoseCertificateIsGivenAndNoOther() {
        CertificatePair pair = CertificatePair.in(folder, "DNS:localhost");
        try (var server = RedisServer.startWithTls(pair)) {
            RedisAddress address = RedisAddress.parse(server.url(), "");

            assertThat(version(address.trusting(pair.certificate()))).isEmpty();
            assertThatExceptionOfType(ApiStoreException.class).isThrownBy(() -> version(address));
        }
    }

    @Test
    void soIsNoneWithTheNameOfAnotherHost() {
        CertificatePair pair = CertificatePair.in(folder, "DNS:elsewhere.example");
        try (var server = RedisServer.startWithTls(pair)) {
            RedisAddress address = RedisAddress.parse(server.url(), "").trusting(pair.certificate());

            assertThatExceptionOfType(ApiStoreException.class).isThrownBy(() -> version(address));
        }
    }

    private static String version(RedisAddress address) {
        try (var store = new RedisApiStore(address)) {
            return store.version();
        }
    }
}

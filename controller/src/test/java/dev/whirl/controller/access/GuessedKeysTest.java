package dev.whirl.controller.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.common.time.ManualClock;
import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.identity.AuthKey;
import dev.whirl.model.identity.Subject;
import dev.whirl.store.memory.MemoryStores;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Guessing keys.
@Tag("attack-32")
class GuessedKeysTest {
    private static final AuthKey KEY = new AuthKey("uuid", "secret");

    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:30Z"));

    @Test
    void correctCredentialsPassWhateverElseCameFromTheirAddress() {
        var stores = new MemoryStores();
        stores.subjects()
                .put(new Subject(
                        "somebody", List.of(new Subject.Membership(new NamespaceName("somebody"), KEY)), false));
        var authenticator = new Authenticator(stores.subjects(), new AccessConfig(Duration.ofMillis(1), 2, ""), clock);
        InetAddress shared = InetAddress.getLoopbackAddress();

        assertThat(code(authenticator, "uuid:wrong", shared)).isEqualTo(ErrorCode.UNAUTHENTICATED);
        assertThat(code(authenticator, "other:wrong", shared)).isEqualTo(ErrorCode.UNAUTHENTICATED);
        assertThat(code(authenticator, "uuid:wrong", shared)).isEqualTo(ErrorCode.TOO_MANY_REQUESTS);

        assertThat(authenticator.authenticate(header("uuid:secret"), shared).subject())
                .isEqualTo("somebody");
        assertThatThrownBy(() -> authenticator.authenticate(null, shared))
                .hasMessage("The resource requires authentication, which was not supplied with the request");
    }

    private static ErrorCode code(Authenticator authenticator, String credentials, InetAddress from) {
        try {
            authenticator.authenticate(header(credentials), from);
        } catch (ApiException e) {
            return e.code();
        }
        throw new AssertionError("let in");
    }

    private static String header(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }
}

package dev.whirl.controller.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class RecognizerTest {
    @Test
    void whereThereAreNoUsersCredentialsOfOthersAreNoFailedLogins() {
        InetAddress from = InetAddress.getLoopbackAddress();
        for (int i = 0; i < 1000; i++) {
            assertThat(Recognizer.NOBODY.recognize("Basic YTpi", from)).isEmpty();
        }

        ApiException refused =
                catchThrowableOfType(ApiException.class, () -> Recognizer.NOBODY.authenticate("Basic YTpi", from));
        assertThat(refused.code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
    }
}

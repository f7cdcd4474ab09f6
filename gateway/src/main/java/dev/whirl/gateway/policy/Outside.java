package dev.whirl.gateway.policy;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Asks other servers: identity providers.
public interface Outside {
    /// @param body as text; empty if there is none
    record Reply(int status, String body) {
        @Override
        public String toString() {
            return "Reply[" + status + "]";
        }
    }

    /// Nobody answers there, or not in time.
    final class AwayException extends IOException {
        public AwayException(String sentence, @Nullable Throwable cause) {
            super(sentence, cause);
        }
    }

    /// @param token goes into `Authorization: Bearer`; null for none
    /// @param maxBytes of the answer
    /// @throws AwayException if it can't be reached, or there is no answer in time
    /// @throws IOException if the answer is longer, or so many others are asked that it was not
    Reply get(String address, @Nullable String token, int maxBytes) throws IOException;
}

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

    /// @param token goes into `Authorization: Bearer`; null for none
    /// @param maxBytes of the answer
    /// @throws IOException if there is no answer in time, or a longer one
    Reply get(String address, @Nullable String token, int maxBytes) throws IOException;
}

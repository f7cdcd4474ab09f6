package dev.whirl.controller.api.http;

import dev.whirl.model.TransactionId;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;

/// The id of each request: the client's if it can be kept, else a fresh one (row R-4, attack 39).
final class Transactions {
    static final HeaderName HEADER = HeaderNames.create("X-Request-ID");

    /// For the platform: functions do not see it (row R-5).
    static final HeaderName EXTRA_LOGGING = HeaderNames.create("X-OW-EXTRA-LOGGING");

    private Transactions() {}

    static TransactionId of(Headers headers) {
        TransactionId id = named(headers);
        return wantsExtraLogging(headers) ? id.traced() : id;
    }

    private static TransactionId named(Headers headers) {
        if (headers.contains(HEADER)) {
            String given = headers.get(HEADER).get();
            if (TransactionId.isAcceptable(given)) {
                return new TransactionId(given);
            }
        }
        return TransactionId.random();
    }

    /// Whether the client asks for its request to be logged in full (row R-5).
    private static boolean wantsExtraLogging(Headers headers) {
        return headers.contains(EXTRA_LOGGING)
                && headers.get(EXTRA_LOGGING).get().equalsIgnoreCase("on");
    }
}

package dev.whirl.controller.api.info;

import dev.whirl.controller.api.http.Answer;
import dev.whirl.controller.api.http.Endpoint;
import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import java.util.function.Supplier;

/// `GET /metrics` (row R-46). Functions may share this machine's network, so it takes the credentials of the
/// system's namespace.
final class Metrics {
    private static final String OWNER = "whisk.system";

    private Metrics() {}

    static Endpoint.Guarded of(Supplier<String> scrape) {
        return forSystem(_ -> Answer.text(200, "text/plain; version=0.0.4; charset=utf-8", scrape.get()));
    }

    /// Lets only the system's namespace in.
    static Endpoint.Guarded forSystem(Endpoint.Guarded endpoint) {
        return call -> {
            if (!call.caller().namespace().name().value().equals(OWNER)) {
                throw new ApiException(ErrorCode.FORBIDDEN);
            }
            return endpoint.answer(call);
        };
    }
}

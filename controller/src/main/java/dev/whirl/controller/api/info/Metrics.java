package dev.whirl.controller.api.info;

import dev.whirl.controller.api.http.Answer;
import dev.whirl.controller.api.http.Call;
import dev.whirl.controller.api.http.Endpoint;
import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import java.util.function.Supplier;

/// `GET /metrics` (row R-46). Functions may share this machine's network, so it takes the credentials of the
/// system's namespace.
record Metrics(Supplier<String> scrape) implements Endpoint.Guarded {
    private static final String OWNER = "whisk.system";

    @Override
    public Answer answer(Call call) {
        if (!call.caller().namespace().name().value().equals(OWNER)) {
            throw new ApiException(ErrorCode.FORBIDDEN);
        }
        return Answer.text(200, "text/plain; version=0.0.4; charset=utf-8", scrape.get());
    }
}

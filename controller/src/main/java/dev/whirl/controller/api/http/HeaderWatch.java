package dev.whirl.controller.api.http;

import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.time.Duration;

/// Gives each client a bounded time from the first line of a request to the end of its headers (attack 25).
final class HeaderWatch implements Http1ConnectionListener {
    private final Deadlines deadlines;
    private final Duration time;

    HeaderWatch(Deadlines deadlines, Duration time) {
        this.deadlines = deadlines;
        this.time = time;
    }

    @Override
    public void prologue(ConnectionContext context, HttpPrologue prologue) {
        deadlines.begin(time);
    }

    @Override
    public void headers(ConnectionContext context, Headers headers) {
        if (!deadlines.end()) {
            throw new CloseConnectionException("the headers came too slowly");
        }
    }
}

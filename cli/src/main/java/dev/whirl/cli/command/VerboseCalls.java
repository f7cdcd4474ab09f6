package dev.whirl.cli.command;

import dev.whirl.cli.output.Terminal;
import dev.whirl.client.http.CallListener;
import dev.whirl.client.http.HttpCall;
import dev.whirl.client.http.HttpReply;
import java.nio.charset.StandardCharsets;

/// Shows calls and answers on standard error, with long bodies cut unless everything is wanted. Credentials are not
/// part of what it sees.
final class VerboseCalls implements CallListener {
    private static final int MAX_BODY = 1_000;

    private final Terminal err;
    private final boolean showsAll;

    VerboseCalls(Terminal err, boolean showsAll) {
        this.err = err;
        this.showsAll = showsAll;
    }

    @Override
    public void sending(HttpCall call) {
        err.line("REQUEST:");
        err.line("[" + call.method() + "]\t" + call.url());
        err.line("Req Headers");
        err.line("Authorization: Basic (not shown)");
        call.headers().forEach((name, value) -> err.line(name + ": " + value));
        byte[] body = call.body();
        if (body != null) {
            err.line("Req Body");
            err.line(shown(body));
        }
    }

    @Override
    public void received(HttpReply reply) {
        err.line("RESPONSE:");
        err.line("Got response with code " + reply.status());
        err.line("Resp Headers");
        reply.headers().forEach((name, value) -> err.line(name + ": " + value));
        err.line("Response body size is " + reply.body().length + " bytes");
        err.line("Response body received:");
        err.line(shown(reply.body()));
    }

    private String shown(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        return showsAll || text.length() <= MAX_BODY
                ? text
                : text.substring(0, MAX_BODY) + "... (" + text.length() + " characters; --debug shows all)";
    }
}

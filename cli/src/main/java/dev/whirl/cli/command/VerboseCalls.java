package dev.whirl.cli.command;

import dev.whirl.cli.output.Terminal;
import dev.whirl.client.http.CallListener;
import dev.whirl.client.http.HttpCall;
import dev.whirl.client.http.HttpReply;
import java.nio.charset.StandardCharsets;

/// Shows calls and answers on standard error, with long bodies cut unless everything is wanted, and without [Secrets].
final class VerboseCalls implements CallListener {
    private static final int MAX_BODY = 1_000;

    private final Terminal err;
    private final boolean showsAll;
    private final Secrets secrets;

    VerboseCalls(Terminal err, boolean showsAll, Secrets secrets) {
        this.err = err;
        this.showsAll = showsAll;
        this.secrets = secrets;
    }

    @Override
    public void sending(HttpCall call) {
        byte[] body = call.body();
        if (body != null) {
            secrets.learn(body);
        }
        err.line("REQUEST:");
        err.line("[" + call.method() + "]\t" + secrets.masked(call.url()));
        err.line("Req Headers");
        err.line("Authorization: Basic (not shown)");
        call.headers().forEach((name, value) -> err.line(name + ": " + secrets.masked(value)));
        if (body != null) {
            err.line("Req Body");
            err.text(shown(body) + "\n");
        }
    }

    @Override
    public void received(HttpReply reply) {
        secrets.learn(reply.body());
        err.line("RESPONSE:");
        err.line("Got response with code " + reply.status());
        err.line("Resp Headers");
        reply.headers().forEach((name, value) -> err.line(name + ": " + secrets.masked(value)));
        err.line("Response body size is " + reply.body().length + " bytes");
        err.line("Response body received:");
        err.text(shown(reply.body()) + "\n");
    }

    private String shown(byte[] body) {
        String text = secrets.masked(new String(body, StandardCharsets.UTF_8));
        return showsAll || text.length() <= MAX_BODY
                ? text
                : text.substring(0, MAX_BODY) + "... (" + text.length() + " characters; --debug shows all)";
    }
}

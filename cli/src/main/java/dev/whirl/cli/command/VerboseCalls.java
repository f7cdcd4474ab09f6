package dev.whirl.cli.command;

import dev.whirl.cli.output.Terminal;
import dev.whirl.client.http.CallListener;
import dev.whirl.client.http.HttpCall;
import dev.whirl.client.http.HttpReply;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// Shows calls and answers on standard error, with long bodies cut unless everything is wanted. The key is not
/// shown, wherever it stands.
final class VerboseCalls implements CallListener {
    private static final int MAX_BODY = 1_000;
    private static final Pattern TOKEN = Pattern.compile("([?&]accesstoken=)(?!DUMMY)[^&]*");

    private final Terminal err;
    private final boolean showsAll;
    private final String secret;

    /// @param auth `uuid:key`, whose second part is a secret wherever it stands
    VerboseCalls(Terminal err, boolean showsAll, String auth) {
        this.err = err;
        this.showsAll = showsAll;
        this.secret = auth.substring(auth.indexOf(':') + 1);
    }

    @Override
    public void sending(HttpCall call) {
        err.line("REQUEST:");
        err.line("[" + call.method() + "]\t" + masked(call.url()));
        err.line("Req Headers");
        err.line("Authorization: Basic (not shown)");
        call.headers().forEach((name, value) -> err.line(name + ": " + masked(value)));
        byte[] body = call.body();
        if (body != null) {
            err.line("Req Body");
            err.text(shown(body) + "\n");
        }
    }

    @Override
    public void received(HttpReply reply) {
        err.line("RESPONSE:");
        err.line("Got response with code " + reply.status());
        err.line("Resp Headers");
        reply.headers().forEach((name, value) -> err.line(name + ": " + masked(value)));
        err.line("Response body size is " + reply.body().length + " bytes");
        err.line("Response body received:");
        err.text(shown(reply.body()) + "\n");
    }

    /// Feeds and gateways are told the key in the body, and gateways a token in the address.
    private String masked(String text) {
        String withoutToken = TOKEN.matcher(text).replaceAll("$1(not shown)");
        return secret.isEmpty() ? withoutToken : withoutToken.replace(secret, "(not shown)");
    }

    private String shown(byte[] body) {
        String text = masked(new String(body, StandardCharsets.UTF_8));
        return showsAll || text.length() <= MAX_BODY
                ? text
                : text.substring(0, MAX_BODY) + "... (" + text.length() + " characters; --debug shows all)";
    }
}

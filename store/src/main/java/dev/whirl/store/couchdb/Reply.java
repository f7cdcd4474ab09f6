package dev.whirl.store.couchdb;

import dev.whirl.model.json.MalformedJsonException;
import dev.whirl.model.json.RawJson;
import dev.whirl.store.StoreException;
import java.util.Optional;

/// What CouchDB answered.
final class Reply {
    static final int BAD_REQUEST = 400;
    static final int NOT_FOUND = 404;
    static final int CONFLICT = 409;
    static final int EXISTS = 412;
    static final int TOO_LARGE = 413;

    private final int status;
    private final byte[] body;

    Reply(int status, byte[] body) {
        this.status = status;
        this.body = body;
    }

    int status() {
        return status;
    }

    byte[] body() {
        return body;
    }

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /// Whether the same request may do better in a while.
    boolean isTransient() {
        return status == 429 || status >= 500;
    }

    /// @throws StoreException.Unavailable if it is none: something else than CouchDB answers
    RawJson json() {
        try {
            return RawJson.parse(body);
        } catch (MalformedJsonException e) {
            throw new StoreException.Unavailable("CouchDB answered something that is no JSON: " + e.getMessage());
        }
    }

    /// CouchDB's word for why it refused; empty if somebody else answered.
    String error() {
        try {
            return text(RawJson.parse(body), "error");
        } catch (MalformedJsonException _) {
            return "";
        }
    }

    /// Why it refused, in CouchDB's words.
    String reason() {
        try {
            RawJson json = RawJson.parse(body);
            return "%d %s: %s".formatted(status, text(json, "error"), text(json, "reason"));
        } catch (MalformedJsonException _) {
            return Integer.toString(status);
        }
    }

    private static String text(RawJson json, String field) {
        Optional<String> text = json.field(field).flatMap(RawJson::asText);
        return text.map(each -> each.length() > 200 ? each.substring(0, 200) : each)
                .orElse("");
    }
}

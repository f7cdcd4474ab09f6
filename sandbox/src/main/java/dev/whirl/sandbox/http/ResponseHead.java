package dev.whirl.sandbox.http;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The first part of an answer.
///
/// @param headers by their names in lower case; of several alike the last
public record ResponseHead(int status, boolean isOld, Map<String, String> headers) {
    /// How the body ends.
    public sealed interface Ending {
        /// After so many bytes.
        record Length(long bytes) implements Ending {}

        /// It says so itself.
        record Chunked() implements Ending {}

        /// With the connection.
        record Connection() implements Ending {}
    }

    public ResponseHead {
        headers = Map.copyOf(headers);
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /// Whether another request can be made on the connection.
    public boolean keepsAlive() {
        String connection = headers.getOrDefault("connection", "").toLowerCase(Locale.ROOT);
        boolean isWanted = isOld ? connection.contains("keep-alive") : !connection.contains("close");
        return isWanted && !(ending() instanceof Ending.Connection);
    }

    /// As RFC 9112, section 6.3 says; a length that is no number counts as none.
    public Ending ending() {
        if (status == 204 || status == 304 || (status >= 100 && status < 200)) {
            return new Ending.Length(0);
        }
        if (headers.getOrDefault("transfer-encoding", "")
                .toLowerCase(Locale.ROOT)
                .contains("chunked")) {
            return new Ending.Chunked();
        }
        return header("content-length")
                .filter(text -> text.matches("[0-9]{1,18}"))
                .<Ending>map(text -> new Ending.Length(Long.parseLong(text)))
                .orElse(new Ending.Connection());
    }
}

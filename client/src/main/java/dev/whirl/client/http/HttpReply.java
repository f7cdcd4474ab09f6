package dev.whirl.client.http;

import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;

/// One answer, whole.
///
/// @param headers by lower-case name; of a repeated header the last counts
/// @param body empty if there was none. Not to be changed
@SuppressWarnings("ArrayRecordComponent") // a value on its way, never compared
public record HttpReply(int status, SequencedMap<String, String> headers, byte[] body) {
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }
}

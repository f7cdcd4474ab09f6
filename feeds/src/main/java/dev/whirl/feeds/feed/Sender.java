package dev.whirl.feeds.feed;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Who posts to a webhook: what is signed how, and which posts are no events.
public enum Sender {
    GITHUB,
    SLACK,
    /// Anybody who signs with a shared secret.
    HMAC;

    static Optional<Sender> find(String word) {
        return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

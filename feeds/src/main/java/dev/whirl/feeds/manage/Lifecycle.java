package dev.whirl.feeds.manage;

import java.util.Arrays;
import java.util.Optional;

/// What a feed action is asked for (row F-2).
enum Lifecycle {
    CREATE,
    READ,
    UPDATE,
    DELETE,
    PAUSE,
    UNPAUSE;

    static Optional<Lifecycle> find(String word) {
        return Arrays.stream(values()).filter(each -> each.name().equals(word)).findFirst();
    }
}

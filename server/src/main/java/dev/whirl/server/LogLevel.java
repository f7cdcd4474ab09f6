package dev.whirl.server;

import dev.whirl.server.Flags.Flag;
import dev.whirl.server.Flags.WrongValueException;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// How much the log tells.
enum LogLevel {
    TRACE,
    DEBUG,
    INFO,
    WARN,
    ERROR;

    private static final String NAMES =
            Arrays.stream(values()).map(LogLevel::word).collect(Collectors.joining(", "));

    static Flag flag(Consumer<LogLevel> given) {
        return Flag.once(
                "--log-level", "LEVEL", "One of %s. Default: info.".formatted(NAMES), text -> given.accept(of(text)));
    }

    /// As the log's settings write it.
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static LogLevel of(String text) {
        return Arrays.stream(values())
                .filter(each -> each.word().equals(text))
                .findFirst()
                .orElseThrow(
                        () -> new WrongValueException("--log-level takes one of %s, not '%s'".formatted(NAMES, text)));
    }
}

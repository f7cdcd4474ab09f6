package dev.whirl.cli.config;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How long a server may be silent, in whole seconds. Pure.
public final class AnswerTimeout {
    public static final String OPTION = "--answer-timeout";

    private static final String VARIABLE = "WHISK_ANSWER_TIMEOUT";
    private static final String PROPERTY = "ANSWER_TIMEOUT";
    private static final long MAX_SECONDS = 86_400;

    private AnswerTimeout() {}

    /// A flag wins over the environment, and the environment over the file, as for all [Settings].
    ///
    /// @param flag null if it was not given
    /// @return empty if nobody says so
    /// @throws IllegalArgumentException with a sentence for the user
    public static Optional<Duration> of(
            @Nullable String flag, Map<String, String> environment, Map<String, String> file) {
        return Stream.of(
                        new Source(OPTION, flag),
                        new Source(VARIABLE, environment.get(VARIABLE)),
                        new Source(PROPERTY, file.get(PROPERTY)))
                .flatMap(each -> each.time().stream())
                .findFirst();
    }

    private record Source(String name, @Nullable String text) {
        Optional<Duration> time() {
            return text == null || text.isEmpty() ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds(text)));
        }

        private long seconds(String digits) {
            try {
                long seconds = Long.parseLong(digits);
                if (seconds >= 1 && seconds <= MAX_SECONDS) {
                    return seconds;
                }
            } catch (NumberFormatException _) {
                // as a number out of range
            }
            throw new IllegalArgumentException(
                    "%s must be a whole number of seconds from 1 to %d, not '%s'".formatted(name, MAX_SECONDS, digits));
        }
    }
}

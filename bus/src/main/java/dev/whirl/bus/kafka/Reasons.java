package dev.whirl.bus.kafka;

import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/// Why Kafka's clients refuse something, in one line.
final class Reasons {
    private Reasons() {}

    /// The innermost reason that says something: clients wrap it once or twice.
    static String of(@Nullable Throwable failure) {
        Throwable at = failure;
        while (at != null
                && at.getCause() != null
                && (at instanceof ExecutionException || at.getClass() == KafkaException.class)) {
            at = at.getCause();
        }
        if (at == null) {
            return "unknown";
        }
        String message = at.getMessage();
        return message == null || message.isBlank() ? at.getClass().getSimpleName() : message.strip();
    }
}

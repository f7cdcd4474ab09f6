package dev.whirl.model.limits;

import dev.whirl.common.units.ByteSize;
import dev.whirl.model.Messages;
import dev.whirl.model.entity.ActionLimits;
import java.time.Duration;
import java.util.Optional;

/// Whether limits of an action lie within their ranges (row R-64). Each answer is the sentence of a refusal, empty if
/// there is nothing to refuse. Pure.
public final class LimitRules {
    private LimitRules() {}

    /// All of them: what an action was given once may be more than its caller may use now.
    public static Optional<String> refusal(ActionLimits asked, SystemLimits limits) {
        return memory(asked.memory(), limits.memory())
                .or(() -> logs(asked.logs(), limits.logs()))
                .or(() -> timeout(asked.timeout(), limits.timeout()))
                .or(() -> concurrency(asked.concurrency(), limits.concurrency()));
    }

    public static Optional<String> timeout(Duration asked, Range<Duration> range) {
        if (asked.compareTo(range.min()) < 0) {
            return Optional.of(Messages.timeoutBelow(asked, range.min()));
        }
        return asked.compareTo(range.max()) > 0
                ? Optional.of(Messages.timeoutAbove(asked, range.max()))
                : Optional.empty();
    }

    public static Optional<String> memory(ByteSize asked, Range<ByteSize> range) {
        if (asked.compareTo(range.min()) < 0) {
            return Optional.of(Messages.memoryBelow(asked, range.min()));
        }
        return asked.compareTo(range.max()) > 0
                ? Optional.of(Messages.memoryAbove(asked, range.max()))
                : Optional.empty();
    }

    public static Optional<String> logs(ByteSize asked, Range<ByteSize> range) {
        if (asked.compareTo(range.min()) < 0) {
            return Optional.of(Messages.logsBelow(asked, range.min()));
        }
        return asked.compareTo(range.max()) > 0
                ? Optional.of(Messages.logsAbove(asked, range.max()))
                : Optional.empty();
    }

    public static Optional<String> concurrency(long asked, Range<Integer> range) {
        if (asked < range.min()) {
            return Optional.of(Messages.concurrencyBelow(asked, range.min()));
        }
        return asked > range.max() ? Optional.of(Messages.concurrencyAbove(asked, range.max())) : Optional.empty();
    }
}

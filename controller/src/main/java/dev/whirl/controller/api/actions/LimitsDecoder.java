package dev.whirl.controller.api.actions;

import dev.whirl.common.units.ByteSize;
import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import dev.whirl.model.json.RawJson;
import dev.whirl.model.limits.LimitRules;
import dev.whirl.model.limits.Range;
import dev.whirl.model.limits.SystemLimits;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// Reads the `limits` of a PUT and checks each against its range (row R-64).
final class LimitsDecoder {
    /// Larger numbers are all alike: far too large.
    private static final long CEILING = 1L << 40;

    private final SystemLimits system;
    private final int namespaceConcurrency;

    /// @param namespaceConcurrency most invocations that the caller may have in flight
    LimitsDecoder(SystemLimits system, int namespaceConcurrency) {
        this.system = system;
        this.namespaceConcurrency = namespaceConcurrency;
    }

    /// @throws ApiException 400
    LimitsPut decode(RawJson json) {
        if (!json.isObject()) {
            throw malformed(Messages.LIMITS_MALFORMED);
        }
        SequencedMap<String, RawJson> fields = json.fields();
        return new LimitsPut(
                timeout(whole(fields.get("timeout"), "time", "time")),
                size(whole(fields.get("memory"), "memory", "memory"), system.memory(), LimitRules::memory),
                size(whole(fields.get("logs"), "log", "log"), system.logs(), LimitRules::logs),
                concurrency(whole(fields.get("concurrency"), "intra concurrency", "concurrency")),
                instances(whole(fields.get("instances"), "instance concurrency", "concurrency")));
    }

    private @Nullable Duration timeout(@Nullable Long millis) {
        if (millis == null) {
            return null;
        }
        return allowed(LimitRules::timeout, Duration.ofMillis(millis), system.timeout());
    }

    private static @Nullable ByteSize size(
            @Nullable Long mebibytes,
            Range<ByteSize> range,
            BiFunction<ByteSize, Range<ByteSize>, Optional<String>> rule) {
        if (mebibytes == null) {
            return null;
        }
        if (mebibytes < 0) {
            throw refused(Messages.requirementFailed(Messages.SIZE_NEGATIVE));
        }
        return allowed(rule, ByteSize.mebibytes(mebibytes), range);
    }

    private static <T, R> T allowed(BiFunction<T, R, Optional<String>> rule, T asked, R range) {
        rule.apply(asked, range).ifPresent(sentence -> {
            throw refused(sentence);
        });
        return asked;
    }

    private @Nullable Integer concurrency(@Nullable Long asked) {
        if (asked == null) {
            return null;
        }
        return allowed(LimitRules::concurrency, asked, system.concurrency()).intValue();
    }

    private @Nullable Integer instances(@Nullable Long asked) {
        if (asked == null) {
            return null;
        }
        if (asked < 0 || asked > namespaceConcurrency) {
            throw refused(Messages.instancesAboveConcurrency(namespaceConcurrency));
        }
        return asked.intValue();
    }

    /// A whole number, which may be written as `1.0` or `1e3`.
    private static @Nullable Long whole(@Nullable RawJson json, String name, String nameIfMalformed) {
        if (json == null || json.kind() == RawJson.Kind.NULL) {
            return null;
        }
        if (json.kind() != RawJson.Kind.NUMBER || json.sizeBytes() > 100) {
            throw malformed(Messages.limitMalformed(nameIfMalformed));
        }
        BigDecimal number = number(json, nameIfMalformed);
        if (number.signum() != 0 && number.stripTrailingZeros().scale() > 0) {
            throw refused(Messages.requirementFailed(Messages.limitNotWhole(name)));
        }
        return number.min(BigDecimal.valueOf(CEILING))
                .max(BigDecimal.valueOf(-CEILING))
                .longValue();
    }

    private static BigDecimal number(RawJson json, String name) {
        try {
            return new BigDecimal(json.toString());
        } catch (NumberFormatException e) {
            throw malformed(Messages.limitMalformed(name));
        }
    }

    private static ApiException malformed(String sentence) {
        return refused(Messages.contentMalformed(sentence));
    }

    private static ApiException refused(String sentence) {
        return new ApiException(ErrorCode.BAD_REQUEST, sentence);
    }
}

package dev.whirl.gateway.document;

import dev.whirl.model.json.RawJson;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/// So many requests in a time (`x-gateway-rate-limit`, row G-4).
public record RateLimit(long requests, Duration time) {
    private static final int MOST_LIMITS = 8;
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final long MOST = 1_000_000;

    /// Those of a document or an operation. One that is there twice counts once.
    static List<RateLimit> of(Map<String, RawJson> fields) throws InvalidApiException {
        RawJson json = fields.getOrDefault(Extension.RATE_LIMIT.in(fields), RawJson.EMPTY_ARRAY);
        if (!json.isObject() && json.kind() != RawJson.Kind.ARRAY) {
            throw new InvalidApiException("x-gateway-rate-limit must be an object or a list of objects");
        }
        List<RawJson> all = json.isObject() ? List.of(json) : json.elements();
        if (all.size() > MOST_LIMITS) {
            throw new InvalidApiException("x-gateway-rate-limit: %d limits at most".formatted(MOST_LIMITS));
        }
        var limits = new LinkedHashSet<RateLimit>();
        for (RawJson each : all) {
            limits.add(one(each.fields()));
        }
        return List.copyOf(limits);
    }

    private static RateLimit one(Map<String, RawJson> fields) throws InvalidApiException {
        long rate = number(fields, "rate");
        long units = fields.containsKey("units") ? number(fields, "units") : 1;
        Duration time = unit(Json.text(fields, "unit", "minute")).multipliedBy(units);
        if (time.compareTo(LONGEST) > 0) {
            throw new InvalidApiException("x-gateway-rate-limit: %d days at most".formatted(LONGEST.toDays()));
        }
        return new RateLimit(rate, time);
    }

    private static long number(Map<String, RawJson> fields, String name) throws InvalidApiException {
        long number = fields.getOrDefault(name, RawJson.NULL).asWholeNumber().orElse(0L);
        if (number < 1 || number > MOST) {
            throw new InvalidApiException(
                    "x-gateway-rate-limit: %s must be a whole number from 1 to %d".formatted(name, MOST));
        }
        return number;
    }

    private static Duration unit(String name) throws InvalidApiException {
        return switch (name) {
            case "second" -> Duration.ofSeconds(1);
            case "minute" -> Duration.ofMinutes(1);
            case "hour" -> Duration.ofHours(1);
            case "day" -> Duration.ofDays(1);
            default ->
                throw new InvalidApiException(
                        "x-gateway-rate-limit: '%s' is no unit; there are second, minute, hour and day"
                                .formatted(name));
        };
    }
}

package dev.whirl.gateway.document;

import dev.whirl.model.json.RawJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// So many requests in a time (`x-gateway-rate-limit`, row G-4).
public record RateLimit(long requests, Duration time) {
    private static final long MOST = 1_000_000;

    static List<RateLimit> read(RawJson json) throws InvalidApiException {
        var limits = new ArrayList<RateLimit>();
        for (RawJson each : json.isObject() ? List.of(json) : json.elements()) {
            limits.add(one(each.fields()));
        }
        return limits;
    }

    private static RateLimit one(Map<String, RawJson> fields) throws InvalidApiException {
        long rate = number(fields, "rate");
        long units = fields.containsKey("units") ? number(fields, "units") : 1;
        return new RateLimit(rate, unit(Json.text(fields, "unit", "minute")).multipliedBy(units));
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

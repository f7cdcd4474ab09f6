package dev.whirl.controller.api.activations;

import dev.whirl.controller.api.http.Query;
import dev.whirl.model.ApiException;
import dev.whirl.model.Messages;
import dev.whirl.model.entity.EntityName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Which activations a list is about (row R-133): null means all.
record ActivationFilter(
        @Nullable EntityName pkg,
        @Nullable EntityName name,
        @Nullable Instant since,
        @Nullable Instant upto) {
    private static final ActivationFilter ALL = new ActivationFilter(null, null, null, null);

    /// @throws ApiException 400
    static ActivationFilter of(Query query) {
        ActivationFilter named = query.find("name")
                .filter(each -> !each.isBlank())
                .map(ActivationFilter::named)
                .orElse(ALL);
        return new ActivationFilter(named.pkg, named.name, time(query, "since"), time(query, "upto"));
    }

    private static ActivationFilter named(String text) {
        String[] parts = text.split("/", -1);
        try {
            return switch (parts.length) {
                case 1 -> new ActivationFilter(null, new EntityName(parts[0]), null, null);
                case 2 -> new ActivationFilter(new EntityName(parts[0]), new EntityName(parts[1]), null, null);
                default -> throw malformed(text);
            };
        } catch (ApiException e) {
            throw malformed(text);
        }
    }

    private static ApiException malformed(String text) {
        return Query.malformed("name", Messages.activationNameFilterMalformed(text));
    }

    private static @Nullable Instant time(Query query, String name) {
        String text = query.find(name).orElse(null);
        if (text == null) {
            return null;
        }
        try {
            return Instant.ofEpochMilli(Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw Query.malformed(name, Messages.epochMalformed(text));
        }
    }
}

package dev.whirl.client;

import org.jspecify.annotations.Nullable;

/// Which APIs, and what of them (row G-7); null for no bound.
///
/// @param base the base path, or the API's name
/// @param path below the base path
/// @param verb in upper case
public record ApiQuery(
        @Nullable String base,
        @Nullable String path,
        @Nullable String verb) {
    public static final ApiQuery ALL = new ApiQuery(null, null, null);
}

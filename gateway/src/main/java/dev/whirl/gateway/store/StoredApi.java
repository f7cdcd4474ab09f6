package dev.whirl.gateway.store;

import dev.whirl.model.json.RawJson;

/// An API as it is kept.
///
/// @param id names it for good: `artifact_id`
/// @param document Swagger 2.0
public record StoredApi(String tenant, String id, RawJson document) {}

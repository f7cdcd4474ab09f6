package dev.whirl.gateway.manage;

import java.util.List;
import java.util.Map;

/// A request to the management (rows G-2, G-3).
///
/// @param segments of the path, decoded: `v2`, tenant, `apis`
/// @param query the first value of each name
public record ManagementRequest(String method, List<String> segments, Map<String, String> query, String body) {
    public ManagementRequest {
        segments = List.copyOf(segments);
        query = Map.copyOf(query);
    }

    /// Prints without secrets.
    @Override
    public String toString() {
        return method + " /" + String.join("/", segments);
    }
}

package dev.whirl.gateway.document;

import dev.whirl.model.json.RawJson;
import java.util.Map;

/// A field that the gateway added to Swagger (row G-4). Each had another name in its first years; where a
/// document has both, the newer counts.
public enum Extension {
    CONFIGURATION("x-gateway-configuration", "x-ibm-configuration"),
    RATE_LIMIT("x-gateway-rate-limit", "x-ibm-rate-limit");

    private final String name;
    private final String olderName;

    Extension(String name, String olderName) {
        this.name = name;
        this.olderName = olderName;
    }

    /// What it is called in this document, or would be if it were there.
    public String in(Map<String, RawJson> fields) {
        return !fields.containsKey(name) && fields.containsKey(olderName) ? olderName : name;
    }
}

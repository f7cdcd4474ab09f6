package dev.whirl.cli.project;

import dev.whirl.cli.api.ApiTarget;

/// One operation that a project adds to the gateway, as far as marks and exports tell of it.
///
/// @param name of the API
/// @param action behind it, `/namespace/package/name`; empty if none is known
/// @param response how the action answers; empty if a document says that
record ApiOperation(String name, ApiTarget target, String action, String response) {
    /// Whether a document added it, not `apis` of a package.
    boolean isOfDocument() {
        return response.isEmpty();
    }

    /// `api [GET /shop/orders]`, for people.
    String title() {
        return title(target);
    }

    static String title(ApiTarget target) {
        return "api [%s %s]".formatted(target.verb(), target.fullPath());
    }
}

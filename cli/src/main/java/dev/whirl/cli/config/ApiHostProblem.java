package dev.whirl.cli.config;

import dev.whirl.client.ApiAddress;

/// Says what is wrong with what a user wrote as API host.
public final class ApiHostProblem {
    private ApiHostProblem() {}

    /// A reason, without a full stop, and without a name and password in the address.
    public static String of(String apiHost, IllegalArgumentException failure) {
        return failure.getMessage()
                + (ApiAddress.holdsCredentials(apiHost) ? "; the key is given by itself, with --auth UUID:KEY" : "");
    }
}

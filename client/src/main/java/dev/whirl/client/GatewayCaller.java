package dev.whirl.client;

import org.jspecify.annotations.Nullable;

/// Who makes a call about APIs (row G-7). Prints without the token.
///
/// @param accessToken for the gateway's management
/// @param spaceGuid the part of the key before its colon
/// @param tenantInstance null for none
public record GatewayCaller(
        String accessToken, String spaceGuid, @Nullable String tenantInstance) {
    /// What gateways without access control of their own are given.
    public static final String NO_TOKEN = "DUMMY TOKEN";

    @Override
    public String toString() {
        return "GatewayCaller[" + spaceGuid + "]";
    }
}

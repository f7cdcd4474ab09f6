package dev.whirl.gateway.manage;

/// Who asks for a change, as the platform knows them.
///
/// @param uuid the part of the key before its colon: the tenant
public record Caller(String uuid, String namespace) {}

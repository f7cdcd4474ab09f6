package dev.whirl.server.admin;

/// One line of a server's log.
///
/// @param component which part of the server said it, such as `controller`; empty for libraries
/// @param text without a line end
public record LogLine(String component, String text) {}

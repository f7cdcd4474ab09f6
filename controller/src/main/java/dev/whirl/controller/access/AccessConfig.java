package dev.whirl.controller.access;

import dev.whirl.common.config.ConfigReader;
import dev.whirl.model.identity.OperatorCredentials;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How callers are recognised.
///
/// @param identityTtl how long a key that was looked up counts without another look
/// @param failuresPerMinute wrong credentials from one address that are answered without a delay
/// @param operator credentials of the operator's routes, `user:password`; empty: nobody has them
/// @param sharesForExecutionOnly whether public packages of others may be used and not read (row R-72)
public record AccessConfig(
        Duration identityTtl, int failuresPerMinute, String operator, boolean sharesForExecutionOnly) {
    public static final AccessConfig DEFAULT = new AccessConfig(Duration.ofSeconds(5), 100, "");

    public AccessConfig(Duration identityTtl, int failuresPerMinute, String operator) {
        this(identityTtl, failuresPerMinute, operator, false);
    }

    public static AccessConfig read(ConfigReader reader) {
        Duration ttl = reader.duration(
                "access.identity-ttl",
                DEFAULT.identityTtl,
                "How long a key and its limits count before they are looked up again; what whirl admin changes counts at once.");
        int failures = Math.toIntExact(reader.number(
                "access.failures-per-minute",
                DEFAULT.failuresPerMinute,
                1,
                1_000_000,
                "Wrong credentials from one address in a minute; more of them are answered 429, and late."));
        String user = reader.text("controller.user", "", "Name of the operator, for POST /disable and /enable.");
        String password = reader.text(
                "controller.pass", "", "Password of the operator; without one nobody can use the operator's routes.");
        boolean executeOnly = reader.flag(
                "access.shared-packages-execute-only",
                false,
                "Whether packages that others made public can be called and bound, but not read.");
        String operator = user.isEmpty() || password.isEmpty() ? "" : user + ":" + password;
        return new AccessConfig(ttl, failures, operator, executeOnly);
    }

    /// Whether these are the operator's credentials. Takes the same time for all wrong ones (attack 32).
    ///
    /// @param header the value of `Authorization`, null if there is none
    public boolean isOperator(@Nullable String header) {
        return OperatorCredentials.areIn(header, operator);
    }

    /// Prints without the password.
    @Override
    public String toString() {
        return "AccessConfig[identityTtl=%s, failuresPerMinute=%d]".formatted(identityTtl, failuresPerMinute);
    }
}

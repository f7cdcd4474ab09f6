package dev.whirl.controller.access;

import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import dev.whirl.model.identity.FailedLogins;
import java.net.InetAddress;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Lets the operator in. Wrong passwords are counted, wherever they come from, and answered late when there were too
/// many (attack 32); the right one always passes.
public final class OperatorLogin {
    private static final InetAddress ANYWHERE = InetAddress.getLoopbackAddress();

    private final AccessConfig config;
    private final FailedLogins failed;

    public OperatorLogin(AccessConfig config, InstantSource clock) {
        this.config = config;
        this.failed = new FailedLogins(config.failuresPerMinute(), FailedLogins.DELAY, clock);
    }

    /// @param header the value of `Authorization`, null if there is none
    /// @throws ApiException 401, or 429 if there were too many failures
    public void require(@Nullable String header) {
        if (config.isOperator(header)) {
            return;
        }
        boolean isGuess = header != null && !config.operator().isEmpty();
        throw isGuess && failed.isTooMany(ANYWHERE)
                ? new ApiException(ErrorCode.TOO_MANY_REQUESTS, Messages.TOO_MANY_OPERATOR_LOGINS)
                : new ApiException(ErrorCode.UNAUTHENTICATED);
    }
}

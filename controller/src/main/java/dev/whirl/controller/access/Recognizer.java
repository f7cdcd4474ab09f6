package dev.whirl.controller.access;

import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import dev.whirl.model.identity.Identity;
import java.net.InetAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Says who a caller is.
public interface Recognizer {
    /// Where there are no users. Credentials are somebody else's there: they are not looked at, and none is a failed
    /// login.
    Recognizer NOBODY = new Recognizer() {
        @Override
        public Identity authenticate(@Nullable String header, InetAddress from) {
            throw new ApiException(ErrorCode.UNAUTHENTICATED, Messages.CREDENTIALS_INVALID);
        }

        @Override
        public Optional<Identity> recognize(@Nullable String header, InetAddress from) {
            return Optional.empty();
        }
    };

    /// @param header the value of `Authorization`, null if there is none
    /// @param from where the request came from
    /// @throws ApiException 401, or 429 if there were too many failures from there
    Identity authenticate(@Nullable String header, InetAddress from);

    /// As [#authenticate] for those who need not be known: whoever presents no valid credentials is nobody.
    Optional<Identity> recognize(@Nullable String header, InetAddress from);
}

package dev.whirl.invoker.http;

import dev.whirl.common.config.ConfigReader;
import dev.whirl.common.tls.TlsConfig;
import dev.whirl.model.identity.OperatorCredentials;
import org.jspecify.annotations.Nullable;

/// Where an invoker listens for its operator.
///
/// @param port 0 for any free one
/// @param operator `user:password`; empty: nobody has credentials
/// @param tls null for plain HTTP
public record InvokerServerConfig(
        boolean isEnabled,
        String host,
        int port,
        String operator,
        @Nullable TlsConfig tls) {
    /// Reads `invoker.http.*`, `invoker.user` and `invoker.pass`.
    public static InvokerServerConfig read(ConfigReader reader) {
        boolean isEnabled = reader.flag("invoker.http.enabled", false, "Whether the invoker listens for its operator.");
        String host = reader.text("invoker.http.host", "127.0.0.1", "Address on which it listens for its operator.");
        int port = (int) reader.number("invoker.http.port", 3234, 0, 65_535, "Port for that; 0 takes any free one.");
        String user = reader.text("invoker.user", "", "Name of the operator of the invoker.");
        String password = reader.text("invoker.pass", "", "Password of that operator; without one only /ping answers.");
        return new InvokerServerConfig(
                isEnabled,
                host,
                port,
                user.isEmpty() || password.isEmpty() ? "" : user + ":" + password,
                TlsConfig.read(reader, "invoker.http."));
    }

    /// Whether these are the operator's credentials. Takes the same time for all wrong ones (attack 32).
    ///
    /// @param header the value of `Authorization`, null if there is none
    boolean isOperator(@Nullable String header) {
        return OperatorCredentials.areIn(header, operator);
    }

    /// Prints without the password.
    @Override
    public String toString() {
        return "InvokerServerConfig[isEnabled=%s, host=%s, port=%d]".formatted(isEnabled, host, port);
    }
}

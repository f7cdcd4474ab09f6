package dev.whirl.cli.command;

import dev.whirl.client.ClientException;
import dev.whirl.client.ConnectionException;
import dev.whirl.client.NotUnderstoodException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Ends a command with a message and an exit code.
public final class CliException extends RuntimeException {
    private final int exitCode;
    private final List<String> hints;

    private CliException(String message, int exitCode, List<String> hints, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
        this.hints = List.copyOf(hints);
    }

    /// Something on this side.
    public static CliException general(String message) {
        return new CliException(message, ExitCodes.GENERAL, List.of(), null);
    }

    /// The command line itself is wrong (row L-29).
    public static CliException usage(String message) {
        return new CliException(message, ExitCodes.USAGE, List.of("Run 'wsk --help' for usage."), null);
    }

    /// The server does not offer what was asked for, or nobody answers.
    public static CliException network(String message) {
        return new CliException(message, ExitCodes.NETWORK, List.of(), null);
    }

    /// The answer is not what was asked for.
    public static CliException notUnderstood(String message) {
        return new CliException(message, ExitCodes.NOT_UNDERSTOOD, List.of(), null);
    }

    /// What was invoked failed, as a status says.
    public static CliException ofStatus(int status, String message) {
        return new CliException(message, ExitCodes.ofStatus(status), List.of(), null);
    }

    /// A call that failed. The message is `what: reason`.
    public static CliException failed(String what, ClientException reason) {
        boolean isCertificate = reason instanceof ConnectionException e && e.isCertificateFailure();
        String remark = isCertificate ? "; --insecure accepts it all the same" : "";
        return new CliException(
                what + ": " + reason.getMessage() + remark, ExitCodes.of(reason), hints(reason), reason);
    }

    /// The same failure, told as part of another one.
    public CliException within(String what) {
        return new CliException(what + getMessage(), exitCode, hints, this);
    }

    public CliException withHint(String line) {
        var more = new ArrayList<>(hints);
        more.add(line);
        return new CliException(String.valueOf(getMessage()), exitCode, more, getCause());
    }

    public int exitCode() {
        return exitCode;
    }

    /// Whether the same may succeed a little later: nobody answered, or the server had too much to
    /// do, or failed.
    public boolean mayPass() {
        return exitCode == ExitCodes.NETWORK
                || exitCode == ExitCodes.ofStatus(429)
                || exitCode >= ExitCodes.ofStatus(500);
    }

    /// Lines below the message: what to look at.
    public List<String> hints() {
        return hints;
    }

    private static List<String> hints(ClientException reason) {
        return switch (reason) {
            case ConnectionException e when e.isCertificateFailure() || e.isOwnCertificate() -> List.of();
            case ConnectionException e
            when e.isTlsFailure() ->
                List.of(
                        "If the server speaks plain HTTP, its address is http://%s; an address without http:// means https."
                                .formatted(e.address().authority()),
                        "If it is a test installation with a certificate that nobody signed, add --insecure.");
            case ConnectionException _ ->
                List.of(
                        "Is the server running, and is this its address? 'wsk property get --apihost' shows it, 'wsk property set --apihost HOST' changes it.");
            case NotUnderstoodException e
            when e.activationId() != null ->
                List.of("'wsk activation get %s' shows what happened.".formatted(e.activationId()));
            case NotUnderstoodException e
            when e.status() >= 301 && e.status() <= 308 ->
                List.of(
                        "The server sends the caller elsewhere. Perhaps its address begins with https://, or has a path: 'wsk property get --apihost' shows it.");
            case NotUnderstoodException e
            when e.isWebPage() ->
                List.of(
                        "There was an answer, a web page: another web server, or a proxy, may stand at this address. 'wsk property get --apihost' shows it.");
            case NotUnderstoodException _, dev.whirl.client.ApiErrorException _ -> List.of();
        };
    }
}

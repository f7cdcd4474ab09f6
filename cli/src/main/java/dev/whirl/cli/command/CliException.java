package dev.whirl.cli.command;

import dev.whirl.cli.output.Terminal;
import dev.whirl.client.ClientException;
import dev.whirl.client.ConnectionException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Ends a command with a message and an exit code.
public final class CliException extends RuntimeException {
    private static final List<String> SEE_HELP = List.of("Run 'wsk --help' for usage.");

    private final int exitCode;
    private final String advice;
    private final List<String> hints;

    private CliException(String message, int exitCode, String advice, List<String> hints, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
        this.advice = advice;
        this.hints = List.copyOf(hints);
    }

    private static CliException of(String message, int exitCode, List<String> hints) {
        return new CliException(message, exitCode, "", hints, null);
    }

    /// Something on this side.
    public static CliException general(String message) {
        return of(message, ExitCodes.GENERAL, List.of());
    }

    /// The command line itself is wrong (row L-29).
    public static CliException usage(String message) {
        return of(message, ExitCodes.USAGE, SEE_HELP);
    }

    /// Several things that were given are wrong.
    ///
    /// @param lines what they are, told below the message
    public static CliException usage(String message, List<String> lines) {
        return of(message, ExitCodes.USAGE, lines);
    }

    /// A word of the command line cannot be understood: an unknown command or option, a value that
    /// is not what it should be. OpenWhisk's `wsk` exits as for anything general then (row L-30),
    /// but tells of the help (row L-29).
    public static CliException misunderstood(String message) {
        return of(message, ExitCodes.GENERAL, SEE_HELP);
    }

    /// The server does not offer what was asked for, or nobody answers.
    public static CliException network(String message) {
        return of(message, ExitCodes.NETWORK, List.of());
    }

    /// The answer is not what was asked for.
    public static CliException notUnderstood(String message) {
        return of(message, ExitCodes.NOT_UNDERSTOOD, List.of());
    }

    /// What was invoked failed, as a status says.
    public static CliException ofStatus(int status, String message) {
        return of(message, ExitCodes.ofStatus(status), List.of());
    }

    /// A call that failed. The message is `what: reason`.
    static CliException failed(String what, ClientException reason, CallAdvice advice) {
        boolean isCertificate = reason instanceof ConnectionException e && e.isCertificateFailure();
        String remark = isCertificate ? "; --insecure accepts it all the same" : "";
        return new CliException(
                what + ": " + reason.getMessage() + remark, ExitCodes.of(reason), advice.on(reason), List.of(), reason);
    }

    /// The same failure, told as part of another one.
    public CliException within(String what) {
        return new CliException(what + getMessage(), exitCode, advice, hints, this);
    }

    public CliException withHint(String line) {
        var more = new ArrayList<>(hints);
        more.add(line);
        return new CliException(String.valueOf(getMessage()), exitCode, advice, more, getCause());
    }

    /// The same failure with another exit code.
    public CliException withExitCode(int code) {
        return new CliException(String.valueOf(getMessage()), code, advice, hints, getCause());
    }

    /// What else there is to know of this failure, without where help is found.
    public List<String> hints() {
        return hints.stream().filter(hint -> !SEE_HELP.contains(hint)).toList();
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

    /// Tells people: the message with what to look at in one line, and what else there is to know
    /// below it.
    public void tell(Terminal err) {
        err.error(sentence());
        hints.forEach(err::line);
    }

    private String sentence() {
        String message = String.valueOf(getMessage());
        if (advice.isEmpty()) {
            return message;
        }
        boolean hasEnd = message.endsWith(".") || message.endsWith(")");
        return message + (hasEnd ? " " : ". ") + advice;
    }
}

package dev.whirl.cli.project;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Session;
import dev.whirl.client.ApiErrorException;
import dev.whirl.client.QualifiedName;
import dev.whirl.client.WhirlClient;
import dev.whirl.model.entity.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Asks a server what is there. Who cannot be asked once is not asked again: each time may take long. For one thread.
final class Questions {
    /// Each time, everything in a namespace is listed.
    private static final int MOST_NEAREST = 10;

    private final Session session;
    private int nearestAsked;
    private @Nullable String ownNamespace;
    private @Nullable CliException silence;

    /// What the server says about something.
    ///
    /// @param value null if it is not there, or nobody knows
    /// @param refusal why it must not be used; null if it may be
    record Found<T>(
            @Nullable T value, boolean isMissing, @Nullable String refusal) {}

    Questions(Session session) {
        this.session = session;
    }

    <T> Found<T> ask(Function<WhirlClient, T> question) {
        if (silence != null) {
            return new Found<>(null, false, null);
        }
        try {
            return new Found<>(session.call("Unable to ask the server", question), false, null);
        } catch (CliException e) {
            if (e.exitCode() <= ExitCodes.NETWORK || e.exitCode() == ExitCodes.ofStatus(401)) {
                silence = e;
            }
            return new Found<>(null, Undeployer.isNotThere(e), isRefusal(e) ? reason(e) : null);
        }
    }

    /// Asks for what is good to know and need not be answered: a failure says nothing, and all else is
    /// asked as before.
    <T> Optional<T> askAside(Function<WhirlClient, T> question) {
        if (silence != null) {
            return Optional.empty();
        }
        try {
            return Optional.of(session.call("Unable to ask the server", question));
        } catch (CliException _) {
            return Optional.empty();
        }
    }

    /// What is not for this key, or has no name that the server understands.
    private static boolean isRefusal(CliException failure) {
        return failure.exitCode() == ExitCodes.ofStatus(403) || failure.exitCode() == ExitCodes.ofStatus(400);
    }

    /// Why the server does not take the key, if so.
    Optional<String> keyRefusal() {
        return Optional.ofNullable(silence)
                .filter(failure -> failure.exitCode() == ExitCodes.ofStatus(401))
                .map(Questions::reason);
    }

    /// Why not everything could be asked, if so.
    Optional<CliException> silence() {
        return Optional.ofNullable(silence);
    }

    /// What is called nearly as something that is not there; nothing if too much is not there.
    List<String> nearest(Collection collection, QualifiedName name) {
        nearestAsked++;
        return nearestAsked > MOST_NEAREST ? List.of() : List.copyOf(session.nearest(collection, List.of(name)));
    }

    /// A namespace by its real name, as far as the server tells what `_` is.
    String realNamespace(String namespace) {
        if (!namespace.equals("_")) {
            return namespace;
        }
        if (ownNamespace == null) {
            List<String> told = ask(WhirlClient::namespaces).value();
            ownNamespace = told == null || told.isEmpty() ? "_" : told.getFirst();
        }
        return ownNamespace;
    }

    private static String reason(CliException failure) {
        return failure.getCause() instanceof ApiErrorException e ? e.sentence() : String.valueOf(failure.getMessage());
    }
}

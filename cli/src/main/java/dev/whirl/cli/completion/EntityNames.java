package dev.whirl.cli.completion;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Session;
import dev.whirl.client.ActionDocument;
import dev.whirl.client.EntityDocument;
import dev.whirl.client.Page;
import dev.whirl.client.WhirlClient;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/// Prints the names of entities for a shell that completes one: at once or not at all, and without a word of what went
/// wrong, since somebody is typing.
final class EntityNames {
    static final List<String> KINDS = List.of("actions", "packages", "triggers", "rules");

    private static final Duration CONNECT = Duration.ofSeconds(1);
    private static final Duration ANSWER = Duration.ofSeconds(2);

    /// Names that mean nothing to a shell: a server could give any.
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@][A-Za-z0-9_@./-]*");

    private EntityNames() {}

    static int print(Session session, List<String> kinds) {
        if (kinds.isEmpty() || !KINDS.containsAll(kinds)) {
            throw CliException.usage("The kinds of entities are required: " + String.join(", ", KINDS) + ".");
        }
        session.useTimeouts(CONNECT, ANSWER);
        String namespace = session.settings().namespace();
        try {
            for (String kind : kinds) {
                session.call("Unable to list " + kind, client -> names(client, namespace, kind)).stream()
                        .filter(name -> PLAIN.matcher(name).matches())
                        .forEach(session.out()::line);
            }
            return ExitCodes.OK;
        } catch (CliException e) {
            return e.exitCode();
        }
    }

    private static List<String> names(WhirlClient client, String namespace, String kind) {
        return switch (kind) {
            case "actions" ->
                client.actions().list(namespace, Page.MOST).stream()
                        .map(ActionDocument::qualifiedName)
                        .map(name -> name.entityName())
                        .toList();
            case "packages" -> names(client.packages().list(namespace, Page.MOST));
            case "triggers" -> names(client.triggers().list(namespace, Page.MOST));
            case "rules" -> names(client.rules().list(namespace, Page.MOST));
            default -> throw new IllegalArgumentException("no entities are " + kind);
        };
    }

    private static List<String> names(List<EntityDocument> entities) {
        return entities.stream().map(EntityDocument::name).toList();
    }
}

package dev.whirl.cli.entity;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Session;
import dev.whirl.client.EntityDocument;
import dev.whirl.client.QualifiedName;
import java.util.List;
import java.util.Optional;

/// Whether rules are active, which lists do not say: each rule is asked for.
public final class RuleStatuses {
    private RuleStatuses() {}

    /// The rules of a list, read one by one, without those that are gone meanwhile.
    public static List<EntityDocument> added(Session session, List<EntityDocument> rules) {
        return rules.stream().flatMap(rule -> read(session, rule).stream()).toList();
    }

    private static Optional<EntityDocument> read(Session session, EntityDocument rule) {
        var name = new QualifiedName(rule.namespace(), null, rule.name());
        try {
            return Optional.of(session.call(
                    "Unable to get status of rule '%s'".formatted(rule.name()),
                    client -> client.rules().get(name)));
        } catch (CliException e) {
            if (e.exitCode() == ExitCodes.ofStatus(404)) {
                return Optional.empty();
            }
            throw e;
        }
    }
}

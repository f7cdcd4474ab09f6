package dev.whirl.cli.entity;

import dev.whirl.cli.command.Session;
import dev.whirl.client.EntityDocument;
import dev.whirl.client.QualifiedName;
import java.util.List;

/// Whether rules are active, which lists do not say: each rule is asked for.
public final class RuleStatuses {
    private RuleStatuses() {}

    /// The rules of a list, read one by one.
    public static List<EntityDocument> added(Session session, List<EntityDocument> rules) {
        return rules.stream().map(rule -> read(session, rule)).toList();
    }

    private static EntityDocument read(Session session, EntityDocument rule) {
        var name = new QualifiedName(rule.namespace(), null, rule.name());
        return session.call(
                "Unable to get status of rule '%s'".formatted(rule.name()),
                client -> client.rules().get(name));
    }
}

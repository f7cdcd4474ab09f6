package dev.whirl.cli.trigger;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.Command;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Session;
import dev.whirl.client.EntityDocument;
import dev.whirl.client.QualifiedName;
import dev.whirl.model.entity.Collection;
import java.util.LinkedHashMap;

/// `wsk trigger delete` (rows L-17, F-2): first its feed is told. A feed that fails does not keep a trigger alive.
final class TriggerDelete extends Command {
    TriggerDelete() {
        super("TRIGGER_NAME", "delete a trigger, and disconnect it from its feed", "wsk trigger delete orderPlaced");
    }

    @Override
    public int run(Session session) {
        QualifiedName name = session.plainName(
                "trigger", arguments(1, 1, "A trigger name is required.").getFirst());
        EntityDocument trigger = session.callFor(
                name,
                Collection.TRIGGERS,
                "Unable to get trigger '%s'".formatted(name.entityName()),
                client -> client.triggers().get(name));
        Feed.of(session, name, trigger).ifPresent(feed -> disconnect(session, feed));
        session.call("Unable to delete trigger '%s'".formatted(name.entityName()), client -> {
            client.triggers().delete(name);
            return name;
        });
        session.out().ok("deleted trigger " + session.out().bold(name.entityName()));
        return ExitCodes.OK;
    }

    private static void disconnect(Session session, Feed feed) {
        try {
            feed.tell(session, Feed.Event.DELETE, new LinkedHashMap<>());
        } catch (CliException e) {
            session.err().error(e.getMessage() + "; the trigger is deleted nevertheless");
        }
    }
}

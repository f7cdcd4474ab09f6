package dev.whirl.cli.trigger;

import dev.whirl.cli.command.Command;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Options.Flag;
import dev.whirl.cli.command.OutputOption;
import dev.whirl.cli.command.Session;
import dev.whirl.cli.entity.Field;
import dev.whirl.cli.output.EntitySummary;
import dev.whirl.client.EntityDocument;
import dev.whirl.client.QualifiedName;
import dev.whirl.model.entity.Collection;
import dev.whirl.model.json.RawJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `wsk trigger get` (rows L-17, L-28, F-2).
final class TriggerGet extends Command {
    private static final Set<String> FIELDS = Set.of(
            "namespace", "name", "version", "publish", "annotations", "parameters", "limits", "rules", "updated");

    private final Flag summary = options().flag("what it is; * marks bound parameters", "-s", "--summary");
    private final OutputOption output = OutputOption.of(options());

    TriggerGet() {
        super(
                "TRIGGER_NAME [FIELD]",
                "show a trigger, or one field of it; of one with a feed, what the feed says",
                "wsk trigger get orderPlaced",
                "wsk trigger get orderPlaced parameters",
                "wsk trigger get morning --output json");
    }

    @Override
    public int run(Session session) {
        List<String> arguments = arguments(1, 2, "A trigger name is required.");
        Field field = Field.of(arguments, FIELDS);
        QualifiedName name = session.plainName("trigger", arguments.getFirst());
        EntityDocument trigger = session.callFor(
                name,
                Collection.TRIGGERS,
                "Unable to get trigger '%s'".formatted(name.entityName()),
                client -> client.triggers().get(name));
        Optional<Feed> feed = Feed.of(session, name, trigger);
        RawJson shown = field.of(trigger.json(), trigger.fields());
        if (output.printed(session.out(), shown)) {
            return ExitCodes.OK;
        }
        if (feed.isPresent() && field.name().isEmpty() && !summary.isSet()) {
            feed.get().tell(session, Feed.Event.READ, new LinkedHashMap<>());
        } else if (summary.isSet()) {
            String fullName = "/" + trigger.namespace() + "/" + trigger.name();
            new EntitySummary("trigger", fullName, trigger.annotations(), trigger.parameters()).print(session.out());
        } else {
            session.out().ok(field.announcement(session.out(), "trigger", name.entityName()));
            session.out().json(shown);
        }
        return ExitCodes.OK;
    }
}

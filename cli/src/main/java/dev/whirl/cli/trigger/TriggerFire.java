package dev.whirl.cli.trigger;

import dev.whirl.cli.command.Command;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.KeyValueOptions;
import dev.whirl.cli.command.Session;
import dev.whirl.client.QualifiedName;
import dev.whirl.model.entity.Collection;
import dev.whirl.model.json.RawJson;

/// `wsk trigger fire` (rows L-17, L-24). Without an active rule there is no activation, and the id is empty.
final class TriggerFire extends Command {
    private final KeyValueOptions parameters = KeyValueOptions.parameters(options());

    TriggerFire() {
        super(
                "TRIGGER_NAME",
                "fire a trigger: the actions of its active rules are called",
                "wsk trigger fire orderPlaced --param id 42");
    }

    @Override
    public int run(Session session) {
        QualifiedName name = session.plainName(
                "trigger", arguments(1, 1, "A trigger name is required.").getFirst());
        RawJson payload =
                RawJson.object(parameters.fields(session.surroundings().workingFolder()));
        String id = session.callFor(
                        name,
                        Collection.TRIGGERS,
                        "Unable to fire trigger '%s'".formatted(name.entityName()),
                        client -> client.triggers().fire(name, payload))
                .orElse("");
        var out = session.out();
        out.ok("triggered /%s/%s with id %s"
                .formatted(out.bold(name.namespace()), out.bold(name.entityName()), out.bold(id)));
        return ExitCodes.OK;
    }
}

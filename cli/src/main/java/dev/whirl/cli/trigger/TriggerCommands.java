package dev.whirl.cli.trigger;

import dev.whirl.cli.command.CommandGroup;
import dev.whirl.cli.command.CommandGroup.Verb;
import dev.whirl.cli.entity.ListCommand;
import dev.whirl.cli.output.EntityLists;
import dev.whirl.client.EntityDocument;
import dev.whirl.client.Page;
import dev.whirl.client.WhirlClient;
import dev.whirl.model.entity.Collection;
import java.util.List;

/// The group `wsk trigger`.
public final class TriggerCommands {
    private TriggerCommands() {}

    public static CommandGroup group() {
        return new CommandGroup(
                "trigger",
                "work with triggers: events that set off actions",
                () -> List.of(
                        new Verb("create", "create a trigger", TriggerCreate::new),
                        new Verb("update", "change a trigger, or create it", TriggerUpdateCommand::new),
                        new Verb("fire", "fire a trigger", TriggerFire::new),
                        new Verb("get", "show a trigger, or what its feed says", TriggerGet::new),
                        new Verb("delete", "delete a trigger", TriggerDelete::new),
                        new Verb("list", "list triggers", () -> new ListCommand(Collection.TRIGGERS, new Listed()))));
    }

    private static final class Listed implements ListCommand.Listing {
        @Override
        public List<EntityDocument> list(WhirlClient client, String namespace, Page part) {
            return client.triggers().list(namespace, part);
        }

        @Override
        public void print(EntityLists lists, List<EntityDocument> entities) {
            lists.triggers(entities);
        }
    }
}

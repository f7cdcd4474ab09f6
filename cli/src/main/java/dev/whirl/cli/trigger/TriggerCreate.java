package dev.whirl.cli.trigger;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.Command;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Options.TextOption;
import dev.whirl.cli.command.Session;
import dev.whirl.client.EntityUpdate;
import dev.whirl.client.KeyValues;
import dev.whirl.client.QualifiedName;
import dev.whirl.model.json.RawJson;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `wsk trigger create` (rows L-15, F-1, F-2).
final class TriggerCreate extends Command {
    private final TriggerFlags flags = new TriggerFlags(options());
    private final TextOption feed = options().text("ACTION_NAME", "the feed that fires it", "-f", "--feed");

    TriggerCreate() {
        super(
                "TRIGGER_NAME",
                "create a trigger; with --feed it is connected with a source of events",
                "wsk trigger create orderPlaced --param currency EUR",
                "wsk trigger create morning --feed /whisk.system/alarms/alarm --param cron '0 7 * * *'",
                "wsk trigger create morning --feed /whisk.system/alarms/alarm -F cron '0 7 * * *' -T place home");
    }

    @Override
    public int run(Session session) {
        QualifiedName name = session.plainName(
                "trigger", arguments(1, 1, "A trigger name is required.").getFirst());
        String feedName = feed.value();
        create(session, name, flags, feedName == null ? null : new Feed(session.actionName(feedName), name));
        session.out().ok("created trigger " + session.out().bold(name.entityName()));
        return ExitCodes.OK;
    }

    /// Creates the trigger and tells its feed; if that fails, there is no trigger afterwards. One whose feed may know
    /// of it, and cannot be told otherwise, stays: deleting it tells the feed.
    static void create(Session session, QualifiedName name, TriggerFlags flags, @Nullable Feed feed) {
        flags.check();
        if (feed == null && flags.hasFeedParameters()) {
            throw CliException.usage("Incorrect usage. trigger without a feed cannot have feed parameters.");
        }
        Path folder = session.surroundings().workingFolder();
        String failure = "Unable to create trigger '%s'".formatted(name.entityName());
        var update = new EntityUpdate(flags.forTrigger(feed != null, folder), annotations(flags, feed, folder));
        var forFeed = flags.forFeed(folder);
        session.call(failure, client -> client.triggers().put(name, update, false));
        if (feed == null) {
            return;
        }
        switch (feed.told(session, Feed.Event.CREATE, forFeed)) {
            case Feed.Answer.Done(var success) -> feed.print(session, success);
            case Feed.Answer.Refused(var reason) ->
                throw withdrawn(session, name).orElse(reason).within(failure + ": ");
            case Feed.Answer.Running(var reason, var id) ->
                throw reason.within(failure + ": ")
                        .withHint("'wsk activation get %s' shows how it ends.".formatted(id))
                        .withHint(feed.remains());
            case Feed.Answer.Unclear(var reason) ->
                throw undone(session, feed, reason).within(failure + ": ");
        }
    }

    /// Takes the trigger away from a feed that may know of it, and deletes it again.
    ///
    /// @return the failure to end with
    private static CliException undone(Session session, Feed feed, CliException reason) {
        return feed.isRidOfTrigger(session)
                ? withdrawn(session, feed.trigger()).orElse(reason)
                : reason.withHint(feed.remains());
    }

    private static @Nullable KeyValues annotations(TriggerFlags flags, @Nullable Feed feed, Path folder) {
        KeyValues given = flags.annotations(folder);
        if (feed == null) {
            return given;
        }
        return (given == null ? KeyValues.NONE : given)
                .with(Feed.ANNOTATION, RawJson.string(feed.name().toString()));
    }

    /// Deletes the trigger again.
    ///
    /// @return the failure, if even that fails
    private static Optional<CliException> withdrawn(Session session, QualifiedName name) {
        try {
            session.call("its feed failed, and the trigger could not be deleted again", client -> {
                client.triggers().delete(name);
                return name;
            });
            return Optional.empty();
        } catch (CliException e) {
            return Optional.of(e.withHint("'wsk trigger delete %s' deletes it.".formatted(name.entityName())));
        }
    }
}

package dev.whirl.cli.trigger;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.Command;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Session;
import dev.whirl.client.ApiErrorException;
import dev.whirl.client.EntityDocument;
import dev.whirl.client.EntityUpdate;
import dev.whirl.client.KeyValues;
import dev.whirl.client.QualifiedName;
import dev.whirl.client.WhirlClient;
import dev.whirl.model.json.RawJson;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `wsk trigger update` (rows L-16, F-2).
final class TriggerUpdateCommand extends Command {
    private final TriggerFlags flags = new TriggerFlags(options());

    TriggerUpdateCommand() {
        super(
                "TRIGGER_NAME",
                "change a trigger, or create it; parameters for its feed are told to the feed",
                "wsk trigger update orderPlaced --param currency USD",
                "wsk trigger update morning --feed-param cron '0 8 * * *'");
    }

    @Override
    public int run(Session session) {
        QualifiedName name = session.plainName(
                "trigger", arguments(1, 1, "A trigger name is required.").getFirst());
        flags.check();
        Optional<EntityDocument> existing =
                session.call("Unable to get trigger '%s'".formatted(name.entityName()), client -> find(client, name));
        if (existing.isEmpty()) {
            TriggerCreate.create(session, name, flags, null);
            session.out().ok("created trigger " + session.out().bold(name.entityName()));
            return ExitCodes.OK;
        }
        change(session, name, Feed.of(session, name, existing.get()).orElse(null));
        session.out().ok("updated trigger " + session.out().bold(name.entityName()));
        return ExitCodes.OK;
    }

    private void change(Session session, QualifiedName name, @Nullable Feed feed) {
        if (feed == null && flags.hasFeedParameters()) {
            throw CliException.general(
                    "Unable to configure feed '%s': this trigger does not contain a feed".formatted(name.entityName()));
        }
        Path folder = session.surroundings().workingFolder();
        String failure = "Unable to update trigger '%s'".formatted(name.entityName());
        KeyValues parameters = flags.forTrigger(feed != null, folder);
        KeyValues annotations = withFeed(flags.annotations(folder), feed);
        if (feed == null || parameters != null || annotations != null) {
            session.call(
                    failure, client -> client.triggers().put(name, new EntityUpdate(parameters, annotations), true));
        }
        if (feed != null && flags.concernsFeed()) {
            tell(session, feed, failure);
        }
    }

    private void tell(Session session, Feed feed, String failure) {
        Path folder = session.surroundings().workingFolder();
        String again = "The feed may have done it or not. The same command can be repeated.";
        switch (feed.told(session, Feed.Event.UPDATE, flags.forFeed(folder))) {
            case Feed.Answer.Done(var success) -> feed.print(session, success);
            case Feed.Answer.Refused(var reason) -> throw reason.within(failure + ": ");
            case Feed.Answer.Running(var reason, var id) ->
                throw reason.within(failure + ": ")
                        .withHint("'wsk activation get %s' shows how it ends.".formatted(id));
            case Feed.Answer.Unclear(var reason) ->
                throw reason.within(failure + ": ").withHint(again);
        }
    }

    /// Annotations replace those that were there, of which the feed must stay.
    private static @Nullable KeyValues withFeed(@Nullable KeyValues annotations, @Nullable Feed feed) {
        return annotations == null || feed == null
                ? annotations
                : annotations.with(Feed.ANNOTATION, RawJson.string(feed.name().toString()));
    }

    private static Optional<EntityDocument> find(WhirlClient client, QualifiedName name) {
        try {
            return Optional.of(client.triggers().get(name));
        } catch (ApiErrorException e) {
            if (e.status() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }
}

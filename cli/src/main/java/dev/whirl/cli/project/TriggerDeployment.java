package dev.whirl.cli.project;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.Session;
import dev.whirl.cli.trigger.Feed;
import dev.whirl.client.ApiErrorException;
import dev.whirl.client.EntityDocument;
import dev.whirl.client.EntityUpdate;
import dev.whirl.client.KeyValues;
import dev.whirl.client.QualifiedName;
import dev.whirl.client.WhirlClient;
import dev.whirl.model.json.RawJson;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Creates or changes one trigger and connects it with its feed (row F-2). If the feed fails, the trigger is as it
/// was before: not there, or fed as it was.
///
/// @param replaces whether a trigger that is there may be changed
/// @param seen the trigger that may be changed; null for whichever it is
record TriggerDeployment(
        Session session,
        Step.PutTrigger step,
        boolean replaces,
        @Nullable Present seen) {
    /// A trigger that is there already.
    ///
    /// @param feed null for none
    /// @param told what its feed was given; null if only the feed knows
    private record Before(
            EntityDocument document,
            @Nullable Feed feed,
            @Nullable KeyValues told) {}

    /// @return the version of the trigger; empty if there is another one by now than was seen, of
    /// which its feed hears nothing
    Optional<String> deploy() {
        EntityDocument there = replaces ? there().orElse(null) : null;
        if (seen != null && (there == null || !seen.isSame(Present.of(there)))) {
            return Optional.empty();
        }
        Before before = there == null ? null : before(there);
        if (before != null && before.feed() != null) {
            disconnect(before.feed());
        }
        String version;
        try {
            version = put(step.update());
        } catch (CliException e) {
            throw before == null ? e : notPut(e, before);
        }
        Feed feed = step.feed();
        if (feed != null) {
            connect(feed, before);
        }
        return Optional.of(version);
    }

    /// What somebody else wrote meanwhile must not become again what it was before.
    private CliException notPut(CliException failure, Before before) {
        Feed feed = before.feed();
        if (feed == null) {
            return failure;
        }
        if (!GuardedWrite.wasOvertaken(failure)) {
            return failure.withHint(restored(before));
        }
        session.err()
                .warning("%s was changed by somebody else at the same moment, when its feed %s was told to forget it"
                        .formatted(step.title(), feed.name()));
        return failure;
    }

    private void connect(Feed feed, @Nullable Before before) {
        switch (feed.told(session, Feed.Event.CREATE, new LinkedHashMap<>(step.forFeed()))) {
            case Feed.Answer.Done _ -> {
                // connected
            }
            case Feed.Answer.Refused(var reason) ->
                throw reason.within(failure() + ": ").withHint(before == null ? withdrawn() : restored(before));
            case Feed.Answer.Running(var reason, var id) ->
                throw reason.within(failure() + ": ")
                        .withHint("'wsk activation get %s' shows how it ends.".formatted(id))
                        .withHint(feed.remains());
            case Feed.Answer.Unclear(var reason) ->
                throw reason.within(failure() + ": ").withHint(undone(feed, before));
        }
    }

    /// Takes the trigger away from a feed that may know of it, and leaves everything as it was before.
    private String undone(Feed feed, @Nullable Before before) {
        if (!feed.isRidOfTrigger(session)) {
            return feed.remains();
        }
        return before == null ? withdrawn() : restored(before);
    }

    /// A feed may not like to hear twice that a trigger was made. If it stays the trigger's, it may know nothing of it
    /// yet, after a deployment that was interrupted.
    private void disconnect(Feed feed) {
        boolean wasTold = feed.forget(session);
        if (!wasTold && !feed.equals(step.feed())) {
            session.err().warning("the feed %s of %s could not be told".formatted(feed.name(), step.title()));
        }
    }

    private Optional<EntityDocument> there() {
        return session.call(failure(), client -> find(client, step.name()));
    }

    private Before before(EntityDocument document) {
        Feed feed = Feed.of(session, step.name(), document).orElse(null);
        KeyValues told = feed == null ? null : feed.parameters(session).orElse(null);
        return new Before(document, feed, told);
    }

    /// Deletes what was just created, of which nothing would fire.
    private String withdrawn() {
        QualifiedName name = step.name();
        try {
            return session.call("", client -> {
                client.triggers().delete(name);
                return "The trigger is not there: its feed must be willing first.";
            });
        } catch (CliException _) {
            return "The trigger is there, without its feed: 'wsk trigger delete %s' removes it."
                    .formatted(name.entityName());
        }
    }

    private String restored(Before before) {
        String notFed = "The trigger could not be fed again as it was before: it is there and is not fed.";
        String lost = "The feed did not tell what it was given before: the trigger is there and is not fed.";
        try {
            put(new EntityUpdate(
                    before.document().parameters(), before.document().annotations()));
            Feed feed = before.feed();
            if (feed == null) {
                return "The trigger is as it was before, without a feed.";
            }
            KeyValues told = before.told();
            if (told == null) {
                return lost;
            }
            return feed.told(session, Feed.Event.CREATE, values(told)) instanceof Feed.Answer.Done
                    ? "The trigger and its feed are as they were before."
                    : notFed;
        } catch (CliException _) {
            return notFed;
        }
    }

    private static SequencedMap<String, RawJson> values(KeyValues parameters) {
        var values = new LinkedHashMap<String, RawJson>();
        parameters.keys().forEach(key -> values.put(key, parameters.find(key).orElse(RawJson.NULL)));
        return values;
    }

    private String put(EntityUpdate update) {
        return session.call(
                failure(),
                client -> client.triggers().put(step.name(), update, replaces).version());
    }

    private String failure() {
        return "Unable to deploy " + step.title();
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

package dev.whirl.cli.trigger;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Session;
import dev.whirl.cli.output.InvokedText;
import dev.whirl.client.ActivationDocument;
import dev.whirl.client.EntityDocument;
import dev.whirl.client.InvokeOutcome;
import dev.whirl.client.InvokeRequest;
import dev.whirl.client.InvokeRequest.Mode;
import dev.whirl.client.KeyValues;
import dev.whirl.client.QualifiedName;
import dev.whirl.model.activation.ActivationResponse.Status;
import dev.whirl.model.entity.Collection;
import dev.whirl.model.json.RawJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// The action that connects a trigger with a source of events. It is told, in the caller's name, what becomes of
/// the trigger (row F-2); the server knows nothing of it.
///
/// @param name of the action
/// @param trigger that it feeds
public record Feed(QualifiedName name, QualifiedName trigger) {
    /// The annotation of a trigger that names its feed (row F-1).
    public static final String ANNOTATION = "feed";

    /// What is no parameter of a trigger: who it is, and credentials.
    private static final Set<String> OF_EVERY_FEED =
            Set.of("name", "namespace", "triggerName", "lifecycleEvent", "authKey", "apikey", "api_key");

    /// What becomes of a trigger.
    public enum Event {
        CREATE,
        READ,
        UPDATE,
        DELETE
    }

    /// The feed of an existing trigger, if it has one.
    public static Optional<Feed> of(Session session, QualifiedName trigger, EntityDocument document) {
        return document.annotations()
                .findText(ANNOTATION)
                .filter(feed -> !feed.isEmpty())
                .map(feed -> new Feed(session.name(feed), trigger));
    }

    /// How a feed took what it was told.
    public sealed interface Answer {
        /// It did it.
        record Done(InvokeOutcome.Succeeded success) implements Answer {}

        /// It said no, or was not even called.
        record Refused(CliException failure) implements Answer {}

        /// It is still at it.
        record Running(CliException failure, String activationId) implements Answer {}

        /// It may have done it or not: the connection broke, or it ended in the middle.
        record Unclear(CliException failure) implements Answer {}
    }

    /// Tells the feed and prints what it answered.
    ///
    /// @throws CliException if it did not do it, after its record was printed on standard error
    public void tell(Session session, Event event, SequencedMap<String, RawJson> parameters) {
        switch (told(session, event, parameters)) {
            case Answer.Done(var success) -> print(session, success);
            case Answer.Refused(var failure) -> throw failure;
            case Answer.Running(var failure, var _) -> throw failure;
            case Answer.Unclear(var failure) -> throw failure;
        }
    }

    /// Prints what the feed answered.
    void print(Session session, InvokeOutcome.Succeeded success) {
        session.out().ok(InvokedText.withId(session.out(), name, success.activationId()));
        session.out().json(success.body());
    }

    /// Tells the feed. A record of its failure is printed on standard error.
    public Answer told(Session session, Event event, SequencedMap<String, RawJson> parameters) {
        String failure = "Unable to configure feed '%s'".formatted(name);
        try {
            return switch (invoke(session, event, Mode.RECORD, parameters)) {
                case InvokeOutcome.Succeeded success -> new Answer.Done(success);
                case InvokeOutcome.Failed failed -> failed(session, failure, failed);
                case InvokeOutcome.Accepted(var id) ->
                    new Answer.Running(
                            CliException.ofStatus(
                                    ExitCodes.STILL_RUNNING, failure + ": it has not yet finished, with id " + id),
                            id);
            };
        } catch (CliException e) {
            return mayHaveRun(e) ? new Answer.Unclear(e) : new Answer.Refused(explained(session, event, e));
        }
    }

    /// An error that the feed itself tells is its no; anything else may have happened when half was done.
    private Answer failed(Session session, String failure, InvokeOutcome.Failed failed) {
        session.err().ok(InvokedText.withId(session.err(), name, failed.activationId()));
        session.err().json(failed.body());
        var reason = CliException.ofStatus(failed.status(), failure + ": it ended with an error");
        return saysNo(failed) ? new Answer.Refused(reason) : new Answer.Unclear(reason);
    }

    private static boolean saysNo(InvokeOutcome.Failed failed) {
        return ActivationDocument.read(failed.body()).status() == Status.APPLICATION_ERROR;
    }

    /// A feed that is named for the first time may be mistyped.
    private CliException explained(Session session, Event event, CliException refusal) {
        return event == Event.CREATE && refusal.exitCode() == ExitCodes.ofStatus(404)
                ? session.withNearest(refusal, Collection.ACTIONS, List.of(name))
                : refusal;
    }

    private static boolean mayHaveRun(CliException failure) {
        return failure.exitCode() == ExitCodes.NETWORK
                || failure.exitCode() == ExitCodes.NOT_UNDERSTOOD
                || failure.exitCode() >= ExitCodes.ofStatus(500);
    }

    /// Tells the feed that its trigger is gone, whether it knows of it or not. Prints nothing.
    ///
    /// @return whether it took notice
    public boolean forget(Session session) {
        try {
            return invoke(session, Event.DELETE, Mode.RECORD, new LinkedHashMap<>()) instanceof InvokeOutcome.Succeeded;
        } catch (CliException _) {
            return false;
        }
    }

    /// Tells the feed to forget a trigger of which it may know or not. Prints nothing.
    ///
    /// @return whether it knows nothing of it now; false if it could not be told, or the call was refused
    public boolean isRidOfTrigger(Session session) {
        try {
            return switch (invoke(session, Event.DELETE, Mode.RECORD, new LinkedHashMap<>())) {
                case InvokeOutcome.Succeeded _ -> true;
                case InvokeOutcome.Failed failed -> saysNo(failed);
                case InvokeOutcome.Accepted _ -> false;
            };
        } catch (CliException e) {
            return e.exitCode() == ExitCodes.ofStatus(404); // there is no such feed
        }
    }

    /// What becomes of a new trigger whose feed may know of it, so that it stays.
    public String remains() {
        return "The trigger is there, since its feed may know of it: 'wsk trigger delete %s' takes it away from both."
                .formatted(trigger.entityName());
    }

    private InvokeOutcome invoke(Session session, Event event, Mode mode, SequencedMap<String, RawJson> parameters) {
        RawJson payload = payload(session.settings().auth(), event, parameters);
        return session.call(
                "Unable to configure feed '%s'".formatted(name),
                client -> client.actions().invoke(name, new InvokeRequest(payload, mode)));
    }

    /// What the feed was given for its trigger, as it tells itself when it is asked (`config` of its result), without
    /// what every feed is given. Prints nothing.
    ///
    /// @return empty if it does not tell
    public Optional<KeyValues> parameters(Session session) {
        try {
            return invoke(session, Event.READ, Mode.RESULT, new LinkedHashMap<>())
                            instanceof InvokeOutcome.Succeeded(var result, var _)
                    ? told(result, session.settings().auth())
                    : Optional.empty();
        } catch (CliException _) {
            return Optional.empty();
        }
    }

    private static Optional<KeyValues> told(RawJson result, String auth) {
        RawJson secret = RawJson.string(auth);
        return result.field("config").filter(RawJson::isObject).map(config -> {
            KeyValues values = KeyValues.NONE;
            for (var each : config.fields().entrySet()) {
                boolean isOwn = !OF_EVERY_FEED.contains(each.getKey())
                        && !each.getValue().equals(secret);
                values = isOwn ? values.with(each.getKey(), each.getValue()) : values;
            }
            return values;
        });
    }

    private RawJson payload(String auth, Event event, SequencedMap<String, RawJson> parameters) {
        var fields = new LinkedHashMap<>(parameters);
        fields.put("lifecycleEvent", RawJson.string(event.name()));
        fields.put("triggerName", RawJson.string(trigger.toString()));
        fields.put("authKey", RawJson.string(auth));
        return RawJson.object(fields);
    }
}

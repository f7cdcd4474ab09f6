package dev.whirl.cli.trigger;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Session;
import dev.whirl.cli.output.InvokedText;
import dev.whirl.client.EntityDocument;
import dev.whirl.client.InvokeOutcome;
import dev.whirl.client.InvokeRequest;
import dev.whirl.client.InvokeRequest.Mode;
import dev.whirl.client.KeyValues;
import dev.whirl.client.QualifiedName;
import dev.whirl.model.json.RawJson;
import java.util.LinkedHashMap;
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

    /// Tells the feed and prints what it answered.
    ///
    /// @throws CliException if it failed, after its record was printed on standard error
    public void tell(Session session, Event event, SequencedMap<String, RawJson> parameters) {
        InvokeOutcome.Succeeded success = configure(session, event, parameters);
        session.out().ok(InvokedText.withId(session.out(), name, success.activationId()));
        session.out().json(success.body());
    }

    /// Tells the feed that its trigger is gone, whether it knows of it or not. Prints nothing.
    ///
    /// @return whether it took notice
    public boolean forget(Session session) {
        RawJson payload = payload(session.settings().auth(), Event.DELETE, new LinkedHashMap<>());
        try {
            return session.call(
                            "Unable to configure feed '%s'".formatted(name),
                            client -> client.actions().invoke(name, new InvokeRequest(payload, Mode.RECORD)))
                    instanceof InvokeOutcome.Succeeded;
        } catch (CliException _) {
            return false;
        }
    }

    /// Tells the feed.
    ///
    /// @throws CliException if it failed, after its record was printed on standard error
    public InvokeOutcome.Succeeded configure(Session session, Event event, SequencedMap<String, RawJson> parameters) {
        String failure = "Unable to configure feed '%s'".formatted(name);
        RawJson payload = payload(session.settings().auth(), event, parameters);
        InvokeOutcome outcome =
                session.call(failure, client -> client.actions().invoke(name, new InvokeRequest(payload, Mode.RECORD)));
        return switch (outcome) {
            case InvokeOutcome.Succeeded success -> success;
            case InvokeOutcome.Failed(var status, var record, var id) -> {
                session.err().ok(InvokedText.withId(session.err(), name, id));
                session.err().json(record);
                throw CliException.ofStatus(status, failure + ": it ended with an error");
            }
            case InvokeOutcome.Accepted(var id) ->
                throw CliException.ofStatus(
                        ExitCodes.STILL_RUNNING, failure + ": it has not yet finished, with id " + id);
        };
    }

    /// What the feed was given for its trigger, as it tells itself when it is asked (`config` of its result), without
    /// what every feed is given. Prints nothing.
    ///
    /// @return empty if it does not tell
    public Optional<KeyValues> parameters(Session session) {
        RawJson payload = payload(session.settings().auth(), Event.READ, new LinkedHashMap<>());
        try {
            InvokeOutcome outcome = session.call(
                    "Unable to read feed '%s'".formatted(name),
                    client -> client.actions().invoke(name, new InvokeRequest(payload, Mode.RESULT)));
            return outcome instanceof InvokeOutcome.Succeeded(var result, var _)
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

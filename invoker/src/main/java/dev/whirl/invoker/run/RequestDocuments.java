package dev.whirl.invoker.run;

import dev.whirl.model.entity.Action;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.RawJson;
import dev.whirl.model.message.Invocation;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// The documents that a runtime gets (rows K-10 and K-11). Arguments go in as they are, unparsed.
public final class RequestDocuments {
    /// An action that says nothing about it gets the key of its caller (row K-10); creating one says no by itself.
    public static final String PROVIDE_API_KEY = "provide-api-key";

    private static final int ROOM_FOR_CONTEXT = 700;

    private RequestDocuments() {}

    /// `{"value":{"name","main","binary","env"}}`, all but the code.
    ///
    /// @param deadline when the init has to be over
    public static RawJson init(Invocation invocation, Action action, Instant deadline) {
        var json = new JsonWriter(2 * ROOM_FOR_CONTEXT);
        json.startObject().name("value").startObject();
        json.field("name", action.id().name().value());
        json.field("main", action.exec().entryPoint().orElse("main"));
        boolean isBinary = action.exec().codeRef().map(ref -> ref.isBinary()).orElse(false);
        json.field("binary", isBinary);
        json.name("env").startObject();
        environment(invocation, action, deadline).forEach(json::field);
        return json.endObject().endObject().endObject().toRawJson();
    }

    /// `{"value":{…},"namespace",…}`.
    ///
    /// @param deadline when the run has to be over
    public static RawJson run(Invocation invocation, Action action, Instant deadline) {
        var json = new JsonWriter(invocation.arguments().sizeBytes() + ROOM_FOR_CONTEXT);
        json.startObject().field("value", runArguments(invocation));
        json.field("namespace", invocation.caller().namespace().name().value());
        json.field("action_name", "/" + action.id());
        json.field("action_version", action.version().toString());
        json.field("activation_id", invocation.id().value());
        json.field("transaction_id", invocation.transaction().value());
        json.field("deadline", Long.toString(deadline.toEpochMilli()));
        if (providesApiKey(action)) {
            json.field("api_key", invocation.caller().key().reveal());
        }
        return json.endObject().toRawJson();
    }

    private static SequencedMap<String, String> environment(Invocation invocation, Action action, Instant deadline) {
        var env = new LinkedHashMap<String, String>();
        if (!invocation.initArguments().isEmpty()) {
            var fields = invocation.arguments().fields();
            for (String name : invocation.initArguments()) {
                RawJson value = fields.get(name);
                if (value != null) {
                    env.put(name, environmentValue(value));
                }
            }
        }
        if (providesApiKey(action)) {
            env.put("__OW_API_KEY", invocation.caller().key().reveal());
        }
        env.put("__OW_NAMESPACE", invocation.caller().namespace().name().value());
        env.put("__OW_ACTION_NAME", "/" + action.id());
        env.put("__OW_ACTION_VERSION", action.version().toString());
        env.put("__OW_ACTIVATION_ID", invocation.id().value());
        env.put("__OW_TRANSACTION_ID", invocation.transaction().value());
        env.put("__OW_DEADLINE", Long.toString(deadline.toEpochMilli()));
        return env;
    }

    /// Always a string: null is empty, an object its compact JSON.
    private static String environmentValue(RawJson value) {
        return switch (value.kind()) {
            case STRING -> value.asText().orElse("");
            case NULL -> "";
            case OBJECT, ARRAY -> value.compact().toString();
            case NUMBER, BOOLEAN -> value.toString();
        };
    }

    /// Init parameters are in the environment and not among the arguments.
    private static RawJson runArguments(Invocation invocation) {
        if (invocation.initArguments().isEmpty() || !invocation.arguments().isObject()) {
            return invocation.arguments();
        }
        SequencedMap<String, RawJson> fields = invocation.arguments().fields();
        invocation.initArguments().forEach(fields::remove);
        return RawJson.object(fields);
    }

    private static boolean providesApiKey(Action action) {
        return action.annotations().find(PROVIDE_API_KEY).isEmpty()
                || action.annotations().isTruthy(PROVIDE_API_KEY);
    }
}

package dev.whirl.runtime.java;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonReader;
import java.io.StringReader;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The action of this sandbox: nothing, then broken or loaded.
final class Action {
    private static final String INITIALIZED_TWICE = "Cannot initialize the action more than once.";
    private static final String NOT_INITIALIZED = "The action has not been initialized.";
    private static final String NO_CODE = "Missing main/no code to execute.";
    private static final String NO_DICTIONARY = "The action did not return a dictionary or array.";
    private static final String FAILED = "An error has occurred while invoking the action (see logs for details).";

    /// Above the server's own limit.
    private static final int MAX_DEPTH = 1_000;

    private final Environment environment;
    private boolean wasInitialized;
    private @Nullable EntryPoint entryPoint;

    Action(Environment environment) {
        this.environment = environment;
    }

    Answer answer(Wire.Frame frame) {
        JsonObject request = parse(frame.document());
        return frame.type() == Wire.RUN ? run(request) : init(request);
    }

    private static JsonObject parse(byte[] document) {
        var reader = new JsonReader(new StringReader(new String(document, StandardCharsets.UTF_8)));
        reader.setNestingLimit(MAX_DEPTH);
        return JsonParser.parseReader(reader).getAsJsonObject();
    }

    private Answer init(JsonObject request) {
        if (wasInitialized) {
            return Answer.forbidden(INITIALIZED_TWICE);
        }
        JsonObject value = Optional.ofNullable(request.getAsJsonObject("value")).orElseGet(JsonObject::new);
        Optional<String> code = text(value, "code");
        if (code.isEmpty()) {
            return Answer.forbidden(NO_CODE);
        }
        wasInitialized = true;
        Optional.ofNullable(value.getAsJsonObject("env")).ifPresent(environment::initialize);
        return load(code.get(), text(value, "main").orElse("main"));
    }

    private Answer load(String code, String main) {
        try {
            entryPoint = ActionJar.unpack(code).entryPoint(main);
            var ok = new JsonObject();
            ok.addProperty("ok", true);
            return Answer.of(ok);
        } catch (CodeException e) {
            System.err.println(e.getMessage());
            return Answer.failed("Initialization has failed due to: " + e.getMessage());
        } catch (Throwable e) { // a static initializer, or classes that do not fit together
            e.printStackTrace();
            return Answer.failed("Initialization has failed due to: " + e);
        }
    }

    private Answer run(JsonObject request) {
        if (entryPoint == null) {
            return Answer.forbidden(NOT_INITIALIZED);
        }
        environment.update(request);
        try {
            JsonElement value = Optional.ofNullable(request.get("value")).orElseGet(JsonObject::new);
            @Nullable Object result = entryPoint.call(value);
            return result instanceof JsonObject || result instanceof JsonArray
                    ? Answer.of((JsonElement) result)
                    : Answer.failed(NO_DICTIONARY);
        } catch (CodeException e) {
            System.err.println(e.getMessage());
            return Answer.failed(e.getMessage());
        } catch (InvocationTargetException e) {
            e.getTargetException().printStackTrace();
            return Answer.failed(FAILED);
        } catch (Throwable e) { // no memory for the answer, or a number in it that JSON does not have
            e.printStackTrace();
            return Answer.failed(FAILED);
        }
    }

    private static Optional<String> text(JsonObject object, String name) {
        return Optional.ofNullable(object.get(name))
                .filter(JsonElement::isJsonPrimitive)
                .map(JsonElement::getAsString)
                .filter(each -> !each.isEmpty());
    }
}

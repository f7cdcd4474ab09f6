package dev.whirl.runtime.java;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The environment variables of rows K-10 and K-11, as `System.getenv` and child processes see them.
///
/// Java has no call to change its own environment. The map behind `System.getenv` is reached by reflection, which
/// `--add-opens=java.base/java.util=ALL-UNNAMED` in `runtime.json` allows.
final class Environment {
    private static final String VALUE = "value";

    private final Map<String, String> variables = writableEnvironment();
    private final Map<String, String> initial = new HashMap<>();
    private final Set<String> fromRequest = new HashSet<>();

    /// Reads a variable and removes it; empty if it is not set.
    Optional<String> take(String name) {
        return Optional.ofNullable(variables.remove(name));
    }

    void initialize(JsonObject env) {
        env.entrySet().forEach(each -> initial.put(each.getKey(), text(each.getValue())));
        variables.putAll(initial);
    }

    /// Sets `__OW_<KEY>` for every field of a run request but its value, and takes back what only an earlier request
    /// set: one caller's key must not be there for the next.
    void update(JsonObject request) {
        fromRequest.forEach(this::restore);
        fromRequest.clear();
        request.entrySet().stream().filter(each -> !each.getKey().equals(VALUE)).forEach(each -> {
            String name = "__OW_" + each.getKey().toUpperCase(Locale.ROOT);
            fromRequest.add(name);
            variables.put(name, text(each.getValue()));
        });
    }

    private void restore(String name) {
        Optional.ofNullable(initial.get(name))
                .ifPresentOrElse(value -> variables.put(name, value), () -> variables.remove(name));
    }

    private static String text(JsonElement value) {
        return value.isJsonPrimitive() ? value.getAsString() : value.toString();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> writableEnvironment() {
        try {
            Map<String, String> readOnly = System.getenv();
            Field inner = readOnly.getClass().getDeclaredField("m");
            inner.setAccessible(true);
            return (Map<String, String>) inner.get(readOnly);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JDK keeps the environment elsewhere", e);
        }
    }
}

package dev.whirl.e2e.badinput.random;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Writes documents with one or more places spoilt.
final class RandomJson {
    private static final Gson GSON = new GsonBuilder().serializeNulls().create();
    private static final int DEEP = 5_000;

    /// What is put where something else was expected: one of each type and of each size.
    static final List<String> WRONG = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1.5",
            "1e999",
            "123456789012345678901234567890",
            "\"\"",
            "\"text\"",
            "\"\\u0000\\ud800\"",
            "[]",
            "{}",
            "[[]]",
            "[null]",
            "[1,\"a\"]",
            "{\"\":{}}",
            "{\"key\":\"k\"}",
            "[{\"key\":\"\"}]",
            "[{\"key\":1,\"value\":2}]",
            "{\"path\":\"guest\",\"name\":\"x\"}");

    private final RandomGenerator random;

    RandomJson(RandomGenerator random) {
        this.random = random;
    }

    /// How many places a document has: itself, each field's value, each element.
    static int places(JsonElement document) {
        int inside = 0;
        if (document instanceof JsonObject object) {
            inside = object.entrySet().stream()
                    .mapToInt(each -> places(each.getValue()))
                    .sum();
        } else if (document instanceof JsonArray array) {
            inside = array.asList().stream().mapToInt(RandomJson::places).sum();
        }
        return 1 + inside;
    }

    /// The document with another text in one of its places.
    static String replaced(JsonElement document, int place, String by) {
        int[] left = {place};
        return write(document, () -> left[0]-- == 0 ? by : "", false);
    }

    /// The document with some places spoilt, and perhaps fields that come twice, or not JSON at all.
    String spoilt(JsonElement document) {
        return switch (random.nextInt(12)) {
            case 0 -> broken(GSON.toJson(document));
            case 1 -> deep();
            case 2 -> RandomText.one(random, WRONG);
            case 3 -> "";
            case 4 -> GSON.toJson(document);
            default -> {
                int oneIn = 1 + random.nextInt(places(document) * 2);
                boolean twice = random.nextInt(4) == 0;
                yield write(document, () -> random.nextInt(oneIn) == 0 ? wrong() : "", twice);
            }
        };
    }

    private String wrong() {
        return random.nextBoolean() ? RandomText.one(random, WRONG) : GSON.toJson(RandomText.odd(random));
    }

    private String broken(String text) {
        int at = random.nextInt(text.length() + 1);
        return random.nextBoolean()
                ? text.substring(0, at)
                : text.substring(0, at) + RandomText.odd(random) + text.substring(at);
    }

    private String deep() {
        return random.nextBoolean()
                ? "[".repeat(DEEP) + "]".repeat(DEEP)
                : "{\"a\":".repeat(DEEP) + "1" + "}".repeat(DEEP);
    }

    /// @param replacement asked at each place; empty to leave it as it is
    private static String write(JsonElement document, Supplier<String> replacement, boolean fieldsTwice) {
        String other = replacement.get();
        if (!other.isEmpty()) {
            return other;
        }
        List<String> parts = new ArrayList<>();
        if (document instanceof JsonObject object) {
            for (Map.Entry<String, JsonElement> each : object.entrySet()) {
                String field = GSON.toJson(each.getKey()) + ":" + write(each.getValue(), replacement, fieldsTwice);
                parts.add(field);
                if (fieldsTwice) {
                    parts.add(field);
                }
            }
            return "{" + String.join(",", parts) + "}";
        }
        if (document instanceof JsonArray array) {
            array.forEach(each -> parts.add(write(each, replacement, fieldsTwice)));
            return "[" + String.join(",", parts) + "]";
        }
        return GSON.toJson(document);
    }
}

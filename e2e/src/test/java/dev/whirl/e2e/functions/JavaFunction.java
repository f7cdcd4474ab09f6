package dev.whirl.e2e.functions;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

/// A function that the tests upload in a jar. It must not use any other class of the tests.
public final class JavaFunction {
    private JavaFunction() {}

    /// Returns its argument and says so.
    public static JsonObject main(JsonObject argument) {
        System.out.println("out " + argument.get("text"));
        System.err.println("err");
        return argument;
    }

    /// Adds its numbers.
    public static JsonObject sum(JsonObject argument) {
        int sum = 0;
        for (var each : argument.getAsJsonArray("numbers")) {
            sum += each.getAsInt();
        }
        var result = new JsonObject();
        result.addProperty("sum", sum);
        return result;
    }

    /// Returns an array.
    public static JsonArray array(JsonObject argument) {
        var result = new JsonArray();
        result.add(argument);
        return result;
    }

    /// Fails.
    public static JsonObject fail(JsonObject argument) {
        throw new IllegalStateException("on purpose: " + argument.get("text"));
    }

    /// Ends the process.
    public static JsonObject exit(JsonObject argument) {
        System.exit(argument.size());
        return argument;
    }
}

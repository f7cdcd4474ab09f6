package dev.whirl.runtime.java;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.Strictness;
import java.nio.charset.StandardCharsets;

/// What goes back to the server (row K-12).
///
/// @param document JSON; nobody changes the array
@SuppressWarnings("ArrayRecordComponent") // written once, on the path of every call
record Answer(int status, byte[] document) {
    private static final Gson GSON = new GsonBuilder()
            .disableHtmlEscaping()
            .serializeNulls()
            .setStrictness(Strictness.STRICT)
            .create();

    /// @throws IllegalArgumentException if there is a number in it that JSON cannot express
    static Answer of(JsonElement result) {
        return new Answer(200, bytes(result));
    }

    /// The platform was asked for something in the wrong order.
    static Answer forbidden(String sentence) {
        return new Answer(403, error(sentence));
    }

    /// The action is at fault.
    static Answer failed(String sentence) {
        return new Answer(502, error(sentence));
    }

    private static byte[] error(String sentence) {
        var object = new JsonObject();
        object.addProperty("error", sentence);
        return bytes(object);
    }

    private static byte[] bytes(JsonElement json) {
        return GSON.toJson(json).getBytes(StandardCharsets.UTF_8);
    }
}

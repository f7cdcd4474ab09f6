import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.HashMap;
import java.util.Map;

public class Environment {
    private static final Map<String, String> AT_INIT = new HashMap<>(System.getenv());

    public static JsonObject main(JsonObject args) {
        JsonObject result = new JsonObject();
        result.add("atInit", pick(AT_INIT, args));
        result.add("atRun", pick(System.getenv(), args));
        return result;
    }

    private static JsonObject pick(Map<String, String> source, JsonObject args) {
        JsonObject picked = new JsonObject();
        for (JsonElement name : args.getAsJsonArray("names")) {
            picked.addProperty(name.getAsString(), source.getOrDefault(name.getAsString(), "absent"));
        }
        return picked;
    }
}

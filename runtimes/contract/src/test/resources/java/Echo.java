import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

public class Echo {
    public static JsonObject main(JsonObject args) {
        return args;
    }

    public static JsonArray main(JsonArray args) {
        return args;
    }
}

import com.google.gson.JsonObject;

public class NoDocument {
    public static JsonObject main(JsonObject args) {
        return null;
    }
}

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

public class Forms {
    public static JsonObject niam(JsonObject args) {
        JsonObject result = new JsonObject();
        result.addProperty("from", "niam");
        return result;
    }

    public static JsonArray listed(JsonObject args) {
        JsonArray result = new JsonArray();
        result.add(args);
        return result;
    }

    public static JsonObject fails(JsonObject args) {
        throw new IllegalStateException("no good");
    }

    public static JsonObject notANumber(JsonObject args) {
        args.addProperty("a", Double.NaN);
        return args;
    }

    public static JsonObject interrupts(JsonObject args) {
        Thread.currentThread().interrupt();
        return args;
    }

    public static JsonObject interruptsForEver(JsonObject args) {
        Thread caller = Thread.currentThread();
        Thread thread = new Thread(() -> {
            while (true) {
                caller.interrupt();
                Thread.onSpinWait();
            }
        });
        thread.setDaemon(true);
        thread.start();
        return args;
    }

    public static JsonObject seesLauncher(JsonObject args) {
        try {
            Class.forName("dev.whirl.runtime.java.Launcher");
            args.addProperty("sees", true);
        } catch (ClassNotFoundException e) {
            args.addProperty("sees", false);
        }
        return args;
    }

    static JsonObject hidden(JsonObject args) {
        return args;
    }
}

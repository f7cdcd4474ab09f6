import com.google.gson.JsonObject;

public class Slow {
    public static JsonObject main(JsonObject args) throws InterruptedException {
        Thread.currentThread().join();
        return args;
    }
}

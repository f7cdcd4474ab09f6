import com.google.gson.JsonObject;

public class Prints {
    public static JsonObject main(JsonObject args) {
        System.out.println("one");
        System.err.println("two");
        System.out.println("three\nfour");
        System.err.print("five " + args.get("text").getAsString());
        return new JsonObject();
    }
}

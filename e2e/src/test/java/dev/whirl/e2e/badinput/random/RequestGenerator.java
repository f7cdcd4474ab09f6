package dev.whirl.e2e.badinput.random;

import com.google.gson.JsonElement;
import dev.whirl.e2e.support.Api;
import dev.whirl.model.json.RawJson;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Makes requests to the routes that the server describes, all from one source of randomness.
final class RequestGenerator {
    private static final Pattern VARIABLE = Pattern.compile("[{](\\w+)[}]");
    private static final List<String> METHODS =
            List.of("GET", "PUT", "POST", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE", "get");
    private static final List<String> TYPES = List.of(
            "",
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/json; q",
            "application/xml",
            "x",
            "application/json; charset=utf-7",
            "*/*");
    private static final List<String> QUERIES = List.of(
            "limit",
            "skip",
            "count",
            "docs",
            "name",
            "since",
            "upto",
            "overwrite",
            "blocking",
            "result",
            "timeout",
            "code",
            "force",
            "x");
    private static final List<String> WEB_ENDS = List.of("", ".http", ".json", ".html", ".svg", ".text", "/rest/x");
    private static final List<String> QUERY_VALUES = List.of("true", "1", "30", "false", "100");

    /// @param pattern path with its variables in braces
    record Target(String method, String pattern) {}

    private final RandomGenerator random;
    private final RandomJson json;
    private final List<Target> targets;

    RequestGenerator(RandomGenerator random, List<Target> targets) {
        this.random = random;
        this.json = new RandomJson(random);
        this.targets = List.copyOf(targets);
    }

    /// The routes of both descriptions, without those for operators that would stop the server.
    static List<Target> describedBy(Api api) {
        var targets = new ArrayList<Target>();
        targets.addAll(targets(api.get("/api/v1/api-docs").expect(200).at("paths"), "/api/v1"));
        targets.addAll(targets(api.get("/api-docs").expect(200).at("paths"), ""));
        return targets;
    }

    private static List<Target> targets(RawJson paths, String base) {
        return paths.fields().entrySet().stream()
                .flatMap(path -> path.getValue().fields().keySet().stream()
                        .map(method -> new Target(method.toUpperCase(java.util.Locale.ROOT), base + path.getKey())))
                .toList();
    }

    List<Target> targets() {
        return targets;
    }

    RandomRequest next() {
        Target target = RandomText.one(random, targets);
        String method = random.nextInt(12) == 0 ? RandomText.one(random, METHODS) : target.method();
        String type = random.nextInt(10) == 0 ? RandomText.one(random, TYPES) : "application/json";
        boolean hasBody = method.equals("PUT") || method.equals("POST") || random.nextInt(10) == 0;
        String body = hasBody ? json.spoilt(document(target)) : "";
        return new RandomRequest(method, path(target) + query(), type, body, random.nextInt(25) == 0);
    }

    private JsonElement document(Target target) {
        return RandomText.one(random, documents(target));
    }

    /// Documents that a route understands, or others if it reads none.
    static List<JsonElement> documents(Target target) {
        return Playground.DOCUMENTS.getOrDefault(kind(target), Playground.ANYTHING);
    }

    static boolean readsDocuments(Target target) {
        return Playground.DOCUMENTS.containsKey(kind(target));
    }

    /// The method, and for routes of entities their collection.
    private static String kind(Target target) {
        String[] parts = target.pattern().split("/");
        return target.method() + " " + (parts.length > 5 && parts[3].equals("namespaces") ? parts[5] : "");
    }

    private String path(Target target) {
        String pattern = target.pattern().replace("/**", RandomText.one(random, WEB_ENDS));
        Matcher matcher = VARIABLE.matcher(pattern);
        var out = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(out, Matcher.quoteReplacement(value(matcher.group(1), target)));
        }
        return matcher.appendTail(out) + (random.nextInt(40) == 0 ? "/" + RandomText.segment(random) : "");
    }

    private String value(String variable, Target target) {
        if (random.nextInt(8) == 0) {
            return RandomText.segment(random);
        }
        return switch (variable) {
            case "namespace" -> random.nextInt(8) == 0 ? "whisk.system" : random.nextBoolean() ? "_" : "guest";
            case "activationid" -> "%032x".formatted(random.nextLong());
            case "extension" -> RandomText.one(random, List.of("http", "json", "html", "svg", "text"));
            default -> name(variable, target);
        };
    }

    private String name(String variable, Target target) {
        boolean isWeb = target.pattern().contains("/web/");
        if (variable.equals("packageName")) {
            return isWeb ? "default" : RandomText.one(random, List.of("fz-pkg", "fz-bound", "fz-none"));
        }
        boolean isCall = target.method().equals("POST") && target.pattern().contains("/actions/");
        return isWeb
                ? Playground.WEB
                : isCall && random.nextInt(10) > 0 ? Playground.ECHO : RandomText.one(random, Playground.NAMES);
    }

    private String query() {
        var parts = new ArrayList<String>();
        for (int left = random.nextInt(4); left > 0; left--) {
            String value = random.nextBoolean() ? RandomText.segment(random) : RandomText.one(random, QUERY_VALUES);
            String name = random.nextInt(10) == 0 ? RandomText.segment(random) : RandomText.one(random, QUERIES);
            parts.add(random.nextInt(15) == 0 ? name : name + "=" + value);
        }
        return parts.isEmpty() ? "" : "?" + String.join(random.nextInt(20) == 0 ? "&&" : "&", parts);
    }
}

package dev.whirl.controller;

import dev.whirl.model.json.RawJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/// A caller with credentials. Paths are relative to `/api/v1/namespaces/_/` unless they begin with a slash.
public record Http(int port, String credentials) {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /// An answer.
    public record Reply(int status, Map<String, String> headers, String body) {
        public RawJson json() {
            return TestPlatform.json(body);
        }

        /// A value inside, by names with dots between.
        public String at(String path) {
            RawJson json = json();
            for (String each : path.split("\\.")) {
                json = each.matches("\\d+")
                        ? json.elements().get(Integer.parseInt(each))
                        : json.field(each).orElse(RawJson.NULL);
            }
            return json.asText().orElse(json.toString());
        }

        public String error() {
            return at("error");
        }
    }

    public Reply get(String path) {
        return send("GET", path, null, Map.of());
    }

    public Reply delete(String path) {
        return send("DELETE", path, null, Map.of());
    }

    public Reply put(String path, String body) {
        return send("PUT", path, body, Map.of("Content-Type", "application/json"));
    }

    public Reply post(String path, String body) {
        return send("POST", path, body, Map.of("Content-Type", "application/json"));
    }

    public Reply putNodeAction(String name) {
        return put("actions/" + name, "{\"exec\":{\"kind\":\"nodejs:20\",\"code\":\"function main(a) { return a }\"}}");
    }

    /// Some action, at a full path.
    public Reply putAt(String path) {
        return put(path, "{\"exec\":{\"kind\":\"nodejs:20\",\"code\":\"x\"}}");
    }

    public Reply send(
            String method, String path, @org.jspecify.annotations.Nullable String body, Map<String, String> headers) {
        String full = path.startsWith("/") ? path : "/api/v1/namespaces/_/" + path;
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + full))
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        if (!credentials.isEmpty()) {
            request.header("Authorization", basic(credentials));
        }
        headers.forEach(request::header);
        return exchange(request.build());
    }

    public static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }

    private static Reply exchange(HttpRequest request) {
        try {
            HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
            var headers = new java.util.TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
            response.headers().map().forEach((name, values) -> headers.put(name, String.join(", ", values)));
            return new Reply(response.statusCode(), headers, response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

package dev.whirl.e2e.support;

import dev.whirl.model.json.RawJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// The REST interface of one server as one caller sees it. Paths are given encoded.
///
/// @param authorization the header's value, null to send none
public record Api(URI address, HttpClient client, @Nullable String authorization) {
    public static final String GUEST_KEY =
            "23bc46b1-71f6-4ed5-8c54-816aa4f8c502:123zO3xZCLrMN6v2BKK1dXYFpXlPkccOFqm12CdAsMgRU4VrNZ9lyGVCGuMDGIwP";
    public static final String SYSTEM_KEY =
            "789c46b1-71f6-4ed5-8c54-816aa4f8c502:abczO3xZCLrMN6v2BKK1dXYFpXlPkccOFqm12CdAsMgRU4VrNZ9lyGVCGuMDGIwP";

    /// The caller's own namespace.
    public static final String OWN = "/api/v1/namespaces/_";

    public static Api guest(WhirlServer server) {
        return anonymous(server).with(basic(GUEST_KEY));
    }

    public static Api system(WhirlServer server) {
        return anonymous(server).with(basic(SYSTEM_KEY));
    }

    public static Api anonymous(WhirlServer server) {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
        return new Api(server.address(), client, null);
    }

    public Api with(@Nullable String header) {
        return new Api(address, client, header);
    }

    public static String basic(String key) {
        return "Basic " + Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    public Answer get(String path) {
        return send(request(path).GET());
    }

    public Answer delete(String path) {
        return send(request(path).DELETE());
    }

    public Answer put(String path, String json) {
        return send(json(path).PUT(BodyPublishers.ofString(json)));
    }

    public Answer post(String path, String json) {
        return send(json(path).POST(BodyPublishers.ofString(json)));
    }

    public Answer post(String path) {
        return send(request(path).POST(BodyPublishers.noBody()));
    }

    /// A request with the caller's credentials.
    public HttpRequest.Builder request(String path) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create(address + path)).timeout(Duration.ofSeconds(90));
        return authorization == null ? builder : builder.header("Authorization", authorization);
    }

    private HttpRequest.Builder json(String path) {
        return request(path).header("Content-Type", "application/json");
    }

    public Answer send(HttpRequest.Builder request) {
        try {
            return trySend(request);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// As [#send], for callers that expect the connection to break.
    public Answer trySend(HttpRequest.Builder request) throws IOException {
        try {
            var response = client.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    boolean answersPing() {
        try {
            return trySend(request("/ping").GET()).body().strip().equals("pong");
        } catch (IOException e) {
            return false;
        }
    }

    /// The path of an action in the caller's own namespace.
    public static String action(String name) {
        return OWN + "/actions/" + name;
    }

    public static String activation(String id) {
        return OWN + "/activations/" + id;
    }

    /// Stores an action with text as code.
    public Answer create(String name, String kind, String code) {
        return create(name, kind, code, "");
    }

    /// Stores an action.
    ///
    /// @param more further top-level fields of the body, each with a comma before it: `,"limits":{}`
    public Answer create(String name, String kind, String code, String more) {
        return create(name, RawJson.string(kind), code, more);
    }

    private Answer create(String name, RawJson kind, String code, String more) {
        String body = "{\"exec\":{\"kind\":%s,\"code\":%s}%s}".formatted(kind, RawJson.string(code), more);
        return put(action(name) + "?overwrite=true", body).expect(200);
    }

    /// Stores an action and gives back its name.
    public String stored(String kind, String code, String more) {
        String name = Names.unique("fn");
        create(name, kind, code, more);
        return name;
    }

    /// A blocking call for the whole record, whatever its status.
    public Answer invoke(String name, String payload) {
        return post(action(name) + "?blocking=true", payload);
    }

    /// A blocking call for the result alone, whatever its status.
    public Answer result(String name, String payload) {
        return post(action(name) + "?blocking=true&result=true", payload);
    }

    /// A call that does not wait.
    ///
    /// @return the activation's id
    public String start(String name, String payload) {
        return post(action(name), payload).expect(202).text("activationId");
    }

    /// Waits until the record of an activation can be read.
    public Answer record(String id) {
        return Waiting.until(Duration.ofSeconds(30), () -> get(activation(id)), answer -> answer.status() == 200);
    }

    /// Waits until the record of an activation has logs.
    public Answer recordWithLogs(String id) {
        return Waiting.until(
                Duration.ofSeconds(15),
                () -> get(activation(id)),
                answer ->
                        answer.status() == 200 && !answer.at("logs").elements().isEmpty());
    }
}

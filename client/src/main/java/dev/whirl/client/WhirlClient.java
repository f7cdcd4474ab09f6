package dev.whirl.client;

import dev.whirl.client.http.HttpReply;
import dev.whirl.client.http.HttpTransport;
import dev.whirl.model.json.RawJson;
import java.util.List;

/// A client of one server with one set of credentials. For many threads; close it to close its connections.
///
/// ```java
/// var config = ClientConfig.of("http://localhost:3233", new Credentials(key));
/// try (var client = WhirlClient.connect(config)) {
///     var name = QualifiedName.parse("hello", "_");
///     var outcome = client.actions().invoke(name, new InvokeRequest(RawJson.EMPTY_OBJECT, Mode.RESULT));
/// }
/// ```
public final class WhirlClient implements AutoCloseable {
    private final Rest rest;

    private WhirlClient(Rest rest) {
        this.rest = rest;
    }

    /// A client; nothing is sent before the first call.
    public static WhirlClient connect(ClientConfig config) {
        return new WhirlClient(new Rest(config.address(), new HttpTransport(config)));
    }

    public Actions actions() {
        return new Actions(rest);
    }

    public Activations activations() {
        return new Activations(rest);
    }

    public Packages packages() {
        return new Packages(rest);
    }

    public Triggers triggers() {
        return new Triggers(rest);
    }

    public Rules rules() {
        return new Rules(rest);
    }

    /// APIs of the gateway.
    public Apis apis() {
        return new Apis(rest);
    }

    /// The namespaces of the caller.
    public List<String> namespaces() {
        return Replies.list(rest.get(ApiPath.of("namespaces"))).stream()
                .map(RawJson::asText)
                .flatMap(java.util.Optional::stream)
                .toList();
    }

    /// What the namespace may do.
    public LimitsDocument limits(String namespace) {
        return LimitsDocument.read(Replies.value(rest.get(ApiPath.of("namespaces", namespace, "limits"))));
    }

    /// What the server says about itself; needs no credentials.
    public ApiInfo info() {
        return ApiInfo.read(Replies.value(rest.get(new ApiPath(""))));
    }

    /// What the server offers and allows, as it says at `/`; needs no credentials.
    public ServerDocument server() {
        return ServerDocument.read(Replies.value(rest.getFile(new ApiPath("/"))));
    }

    /// A file that the server offers beside its API.
    public byte[] resource(String name) {
        HttpReply reply = rest.getFile(ApiPath.of(name));
        if (!reply.isSuccess()) {
            throw Replies.error(reply);
        }
        return reply.body();
    }

    @Override
    public void close() {
        rest.transport().close();
    }
}

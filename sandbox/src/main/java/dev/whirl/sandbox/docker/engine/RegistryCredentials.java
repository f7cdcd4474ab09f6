package dev.whirl.sandbox.docker.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.MalformedJsonException;
import dev.whirl.model.json.RawJson;
import dev.whirl.sandbox.image.ImageReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// User names and passwords for registries. Never logged.
public final class RegistryCredentials {
    public static final RegistryCredentials NONE = new RegistryCredentials(Map.of());

    private final Map<String, RawJson> byRegistry;

    private RegistryCredentials(Map<String, RawJson> byRegistry) {
        this.byRegistry = Map.copyOf(byRegistry);
    }

    /// Reads a file in the form of Docker's own `config.json`:
    /// `{"auths": {"ghcr.io": {"auth": "<base64 of user:password>"}}}`; `username` and `password` will do as well.
    ///
    /// @throws IOException with one sentence that says what is wrong, and nothing of what is secret
    public static RegistryCredentials read(Path file) throws IOException {
        try {
            var found = new HashMap<String, RawJson>();
            RawJson auths =
                    RawJson.parse(Files.readAllBytes(file)).field("auths").orElse(RawJson.EMPTY_OBJECT);
            for (Map.Entry<String, RawJson> each : auths.fields().entrySet()) {
                String registry = registry(each.getKey());
                found.put(registry, credentials(registry, each.getValue()));
            }
            return new RegistryCredentials(found);
        } catch (MalformedJsonException | IllegalArgumentException e) {
            throw new IOException(file + " is not a file of registries' credentials as Docker keeps them", e);
        }
    }

    /// The registries that there are some for.
    public Set<String> registries() {
        return byRegistry.keySet();
    }

    /// As the engine wants them in a header; empty if there are none.
    String header(String registry) {
        return Optional.ofNullable(byRegistry.get(registry))
                .map(json -> Base64.getUrlEncoder().encodeToString(json.toBytes()))
                .orElse("");
    }

    /// Docker's file has `https://index.docker.io/v1/` for Docker Hub.
    private static String registry(String key) {
        String host = key.replaceFirst("^https?://", "").replaceFirst("/.*$", "");
        return ImageReference.canonical(host);
    }

    private static RawJson credentials(String registry, RawJson entry) throws IOException {
        String auth = entry.field("auth").flatMap(RawJson::asText).orElse("");
        String plain = new String(Base64.getDecoder().decode(auth), UTF_8);
        int colon = plain.indexOf(':');
        String user =
                entry.field("username").flatMap(RawJson::asText).orElse(colon < 0 ? "" : plain.substring(0, colon));
        String password = entry.field("password").flatMap(RawJson::asText).orElse(plain.substring(colon + 1));
        if (user.isEmpty()) {
            throw new IOException("the credentials for %s have no user name".formatted(registry));
        }
        return new JsonWriter()
                .startObject()
                .field("username", user)
                .field("password", password)
                .field("serveraddress", registry.equals(ImageReference.DOCKER_HUB) ? "" : registry)
                .endObject()
                .toRawJson();
    }
}

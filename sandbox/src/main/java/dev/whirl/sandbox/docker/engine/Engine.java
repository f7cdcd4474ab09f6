package dev.whirl.sandbox.docker.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.whirl.common.time.Deadlines;
import dev.whirl.common.units.ByteSize;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.MalformedJsonException;
import dev.whirl.model.json.RawJson;
import dev.whirl.sandbox.docker.engine.EngineClient.Request;
import dev.whirl.sandbox.image.ImageReference;
import java.io.IOException;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;

/// A Docker engine. Calls block; make them on virtual threads. So many operations at a time as the settings say: more
/// only slow each other down, and an engine that is asked for too much answers nobody.
public final class Engine {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration PAUSE_PATIENCE = Duration.ofSeconds(10);
    private static final Duration PULL_PATIENCE = Duration.ofMinutes(10);

    /// The newest version of the API that this is written for.
    private static final int NEWEST_MINOR = 47;

    private final EngineClient client;
    private final EngineSettings settings;
    private final Semaphore operations;
    private final Semaphore pulls;
    private final String base;
    private final String name;

    private Engine(EngineClient client, EngineSettings settings, String base, String name) {
        this.client = client;
        this.settings = settings;
        this.base = base;
        this.name = name;
        operations = new Semaphore(settings.operations(), true);
        pulls = new Semaphore(settings.pulls(), true);
    }

    /// Asks the engine behind that socket which version it speaks.
    ///
    /// @throws IOException with one sentence, if none answers
    public static Engine connect(EngineSettings settings, Deadlines deadlines)
            throws IOException, InterruptedException {
        var client = new EngineClient(settings.socket(), deadlines);
        RawJson version = client.json(Request.get("/version"), Duration.ofSeconds(10));
        String spoken = text(version, "ApiVersion");
        if (!spoken.matches("1\\.[0-9]{1,3}")) {
            throw new IOException("what answers at %s is no Docker engine".formatted(settings.socket()));
        }
        int minor = Math.min(NEWEST_MINOR, Integer.parseInt(spoken.substring(2)));
        return new Engine(client, settings, "/v1." + minor, "Docker " + text(version, "Version"));
    }

    /// Its name and version.
    public String name() {
        return name;
    }

    /// What can run containers, such as `runc` and `runsc`.
    public List<String> runtimes() throws IOException, InterruptedException {
        return List.copyOf(client.json(Request.get(base + "/info"), PATIENCE)
                .field("Runtimes")
                .orElse(RawJson.EMPTY_OBJECT)
                .fields()
                .keySet());
    }

    /// @return its id
    public String create(ContainerOrder order) throws IOException, InterruptedException {
        RawJson answer = operation(() -> client.json(
                Request.post(base + "/containers/create?name=" + encoded(order.name()), order.toJson()), PATIENCE));
        return text(answer, "Id");
    }

    public void start(String container) throws IOException, InterruptedException {
        operate(Request.post(of(container, "/start")), PATIENCE);
    }

    public void pause(String container) throws IOException, InterruptedException {
        operate(Request.post(of(container, "/pause")), PAUSE_PATIENCE);
    }

    public void unpause(String container) throws IOException, InterruptedException {
        operate(Request.post(of(container, "/unpause")), PAUSE_PATIENCE);
    }

    /// Kills and removes it. That it is not there is as good.
    public void remove(String container) throws IOException, InterruptedException {
        try {
            operate(Request.delete(base + "/containers/" + encoded(container) + "?force=true&v=true"), PATIENCE);
        } catch (EngineException e) {
            if (!e.isMissing()) {
                throw e;
            }
        }
    }

    public void limitMemory(String container, ByteSize memory) throws IOException, InterruptedException {
        RawJson limits = new JsonWriter()
                .startObject()
                .field("Memory", memory.bytes())
                .field("MemorySwap", memory.bytes())
                .endObject()
                .toRawJson();
        operate(Request.post(of(container, "/update"), limits), PATIENCE);
    }

    public ContainerState inspect(String container, String network) throws IOException, InterruptedException {
        RawJson json = client.json(Request.get(of(container, "/json")), PATIENCE);
        return ContainerState.of(json, network, settings.publishes());
    }

    /// What the container prints from now on. Attach before the start, so that nothing is missed; close it.
    public ContainerStream output(String container) throws IOException, InterruptedException {
        String path = of(container, "/attach?stream=true&stdout=true&stderr=true");
        return new ContainerStream(client.open(Request.post(path), PATIENCE));
    }

    /// Ids of all containers with that label.
    public List<String> withLabel(String label, String value) throws IOException, InterruptedException {
        RawJson filter = RawJson.object("label", RawJson.array(List.of(RawJson.string(label + "=" + value))));
        String path = base + "/containers/json?all=true&filters=" + encoded(filter.toString());
        return client.json(Request.get(path), PATIENCE).elements().stream()
                .map(each -> text(each, "Id"))
                .toList();
    }

    /// What is known of an image that is here; empty if it is not.
    public Optional<ImageFacts> image(String name) throws IOException, InterruptedException {
        try {
            RawJson json = client.json(Request.get(base + "/images/" + name + "/json"), PATIENCE);
            var labels = new HashMap<String, String>();
            configured(json, "Labels")
                    .forEach((label, value) -> labels.put(label, value.asText().orElse("")));
            List<String> digests = json.field("RepoDigests").map(Engine::texts).orElse(List.of());
            Set<String> volumes = configured(json, "Volumes").keySet();
            long size = json.field("Size").flatMap(RawJson::asWholeNumber).orElse(0L);
            return Optional.of(new ImageFacts(text(json, "Id"), digests, labels, volumes, ByteSize.bytes(size)));
        } catch (EngineException e) {
            if (e.isMissing()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Map<String, RawJson> configured(RawJson image, String field) {
        return image.field("Config")
                .flatMap(each -> each.field(field))
                .filter(RawJson::isObject)
                .<Map<String, RawJson>>map(RawJson::fields)
                .orElse(Map.of());
    }

    /// Removes a name of an image, and what only it has.
    ///
    /// @return false if a container is made of it: then it stays
    public boolean removeImage(String name) throws IOException, InterruptedException {
        try {
            operate(Request.delete(base + "/images/" + name), PATIENCE);
            return true;
        } catch (EngineException e) {
            if (e.isConflict()) {
                return false;
            }
            if (e.isMissing()) {
                return true;
            }
            throw e;
        }
    }

    /// Fetches an image from its registry.
    ///
    /// @throws IOException if that fails, with the registry's reason
    public void pull(ImageReference image, RegistryCredentials credentials) throws IOException, InterruptedException {
        String path =
                "%s/images/create?fromImage=%s&tag=%s".formatted(base, encoded(image.name()), encoded(image.version()));
        pulls.acquire();
        try {
            byte[] progress =
                    client.call(new Request("POST", path, null, credentials.header(image.registry())), PULL_PATIENCE);
            checkProgress(new String(progress, UTF_8));
        } finally {
            pulls.release();
        }
    }

    /// Sees to it that there is such a network. One of ours that was made otherwise is made anew.
    ///
    /// @return the gateway, which is the engine's machine as containers see it
    /// @throws IOException if one of that name is there that is not ours
    public String network(BridgeOrder order) throws IOException, InterruptedException {
        Optional<RawJson> found = findNetwork(order.name());
        if (found.isPresent() && !order.differences(found.get()).isEmpty()) {
            if (!order.isOurs(found.get())) {
                throw new IOException(
                        "the engine has a network %s that is not as it must be (%s). If nobody needs it: docker network rm %s"
                                .formatted(
                                        order.name(), String.join(", ", order.differences(found.get())), order.name()));
            }
            removeNetwork(order.name());
            found = Optional.empty();
        }
        if (found.isEmpty()) {
            operate(Request.post(base + "/networks/create", order.toJson()), PATIENCE);
            found = findNetwork(order.name());
        }
        return found.flatMap(json -> json.field("IPAM"))
                .flatMap(ipam -> ipam.field("Config"))
                .flatMap(configs -> configs.elements().stream().findFirst())
                .map(config -> text(config, "Gateway"))
                .orElse("");
    }

    public void removeNetwork(String network) throws IOException, InterruptedException {
        operate(Request.delete(base + "/networks/" + encoded(network)), PATIENCE);
    }

    private Optional<RawJson> findNetwork(String network) throws IOException, InterruptedException {
        try {
            return Optional.of(client.json(Request.get(base + "/networks/" + encoded(network)), PATIENCE));
        } catch (EngineException e) {
            if (e.isMissing()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /// The engine answers 200 before it knows how a pull ends; how it ended is in the lines.
    private static void checkProgress(String lines) throws IOException {
        for (String line : lines.split("\n")) {
            Optional<String> error = error(line);
            if (error.isPresent()) {
                throw new IOException(error.get());
            }
        }
    }

    private static Optional<String> error(String line) {
        try {
            return RawJson.parse(line).field("error").flatMap(RawJson::asText);
        } catch (MalformedJsonException e) {
            return Optional.empty();
        }
    }

    private interface Operation<T> {
        T perform() throws IOException, InterruptedException;
    }

    private <T> T operation(Operation<T> operation) throws IOException, InterruptedException {
        operations.acquire();
        try {
            return operation.perform();
        } finally {
            operations.release();
        }
    }

    private void operate(Request request, Duration patience) throws IOException, InterruptedException {
        var _ = operation(() -> client.call(request, patience));
    }

    private String of(String container, String what) {
        return base + "/containers/" + encoded(container) + what;
    }

    private static List<String> texts(RawJson array) {
        return array.elements().stream().flatMap(each -> each.asText().stream()).toList();
    }

    private static String text(RawJson json, String field) {
        return json.field(field).flatMap(RawJson::asText).orElse("");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}

package dev.whirl.e2e.cluster;

import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Folders;
import dev.whirl.e2e.support.Repository;
import dev.whirl.e2e.support.ServerCommand;
import dev.whirl.e2e.support.Waiting;
import dev.whirl.model.json.MalformedJsonException;
import dev.whirl.model.json.RawJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A cluster that `whirl cluster up` has started: two controllers, two invokers, a gateway, a provider of feeds, and
/// what they need.
final class TestCluster implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration READY = Duration.ofMinutes(2);
    private static final int PORTS = 70;

    /// Of functions of 128 MB, on each invoker.
    static final int PLACES = 16;

    private final Path folder;
    private final int port;
    private final String key;
    private final List<String> prefix;
    private final Map<String, Member> members = new HashMap<>();

    /// @param process its current one
    private record Member(String role, URI address, ProcessHandle process, CommandOf command) {
        Member as(ProcessHandle next) {
            return new Member(role, address, next, command);
        }
    }

    private TestCluster(Path folder, int port, String key, List<String> prefix) {
        this.folder = folder;
        this.port = port;
        this.key = key;
        this.prefix = prefix;
    }

    static TestCluster up() throws IOException, InterruptedException {
        return up(Files.createTempDirectory("whirl-cluster-"), List.of());
    }

    /// @param folder where everything of it is kept
    /// @param prefix words before each command, that change what its process sees
    /// @param settings more of them, each `key=value`
    static TestCluster up(Path folder, List<String> prefix, String... settings)
            throws IOException, InterruptedException {
        int port = freePorts();
        var words = new ArrayList<>(List.of(
                "cluster",
                "up",
                "--no-router",
                "--port",
                Integer.toString(port),
                "--data",
                folder.toString(),
                "--set",
                "limits.invocations-per-minute=100000",
                "--set",
                "limits.concurrent-invocations=1000",
                "--set",
                "limits.fires-per-minute=100000",
                "--set",
                "pool.memory=%dMB".formatted(PLACES * 128),
                "--set",
                "placement.invoker-silence=4s",
                "--set",
                "bus.kafka.session-timeout=4s"));
        for (String each : settings) {
            words.addAll(List.of("--set", each));
        }
        String said = whirl(prefix, words);
        String key = said.lines()
                .filter(line -> line.contains("--auth "))
                .map(line -> line.substring(line.indexOf("--auth ") + 7).strip())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no key in: " + said));
        var cluster = new TestCluster(folder, port, key, prefix);
        cluster.look();
        return cluster;
    }

    /// Where everything of it is kept: `broker.properties`, and a `.conf` for each controller and invoker.
    Path folder() {
        return folder;
    }

    /// The key of the user `guest`.
    String key() {
        return key;
    }

    /// Where a member listens.
    URI address(String name) {
        return member(name).address();
    }

    /// A port that nothing of it uses.
    ///
    /// @param number less than 4
    int sparePort(int number) {
        return port + PORTS - 1 - number;
    }

    /// What one controller serves, as the user `guest`.
    Api api(int controller) {
        Member member = member("controller" + controller);
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
        return new Api(member.address(), client, Api.basic(key));
    }

    /// What the gateway serves, to anybody.
    Api gateway() {
        return new Api(member("gateway0").address(), HttpClient.newHttpClient(), null);
    }

    /// What a process was told in its file.
    Map<String, String> settings(String name) throws IOException {
        try (Stream<String> lines = Files.lines(folder.resolve(name + ".conf"))) {
            return lines.map(line -> line.split(" = ", 2)).collect(Collectors.toMap(each -> each[0], each -> each[1]));
        }
    }

    /// The id of its current process.
    long process(String name) {
        return member(name).process().pid();
    }

    /// Ends a process without any warning.
    void kill(String name) {
        ProcessHandle process = member(name).process();
        process.destroyForcibly();
        process.onExit().join();
    }

    private void signal(String name, String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, Long.toString(process(name)))
                .start()
                .waitFor();
    }

    /// Lets processes stand still for so long; on return they go on.
    void standStill(Duration time, String... names) throws IOException, InterruptedException {
        for (String each : names) {
            signal(each, "STOP");
        }
        try {
            Thread.sleep(time); // the fault itself lasts that long
        } finally {
            for (String each : names) {
                signal(each, "CONT");
            }
        }
    }

    /// Waits until a process has ended by itself.
    void awaitEnd(String name) throws Exception {
        member(name).process().onExit().get(READY.toSeconds(), TimeUnit.SECONDS);
    }

    /// Asks a process to end, and waits until it has.
    void stop(String name) throws Exception {
        ProcessHandle process = member(name).process();
        process.destroy();
        process.onExit().get(60, TimeUnit.SECONDS);
    }

    /// Starts a process again that has ended, and waits until it is ready.
    void start(String name) throws IOException {
        Member old = member(name);
        ProcessBuilder builder = old.command().builder();
        builder.command(words(prefix, builder.command()));
        Process process = builder.directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(folder.resolve(name + ".log").toFile()))
                .start();
        members.put(name, old.as(process.toHandle()));
        awaitReady(name);
    }

    /// Waits until a process says that it is ready.
    void awaitReady(String name) {
        Member member = member(name);
        if (member.address().getScheme().equals("tcp") || member.role().equals("database")) {
            Waiting.until(READY, name + " listens", () -> isListening(member.address()));
            return;
        }
        var api = new Api(member(name).address(), HttpClient.newHttpClient(), null);
        Waiting.until(READY, () -> isReady(api), Boolean::booleanValue);
    }

    private static boolean isListening(URI address) {
        try (var _ = new Socket(address.getHost(), address.getPort())) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static boolean isReady(Api api) {
        try {
            return api.trySend(api.request("/ready").GET()).status() == 200;
        } catch (IOException _) {
            return false;
        }
    }

    /// Waits until each controller calls, and each invoker has work.
    void awaitWhole() {
        for (String each : List.of("controller0", "controller1", "invoker0", "invoker1")) {
            awaitReady(each);
        }
        for (int i = 0; i < 2; i++) {
            Api api = api(i);
            Waiting.until(READY, () -> api.result("echo", "{}").status(), status -> status == 200);
        }
    }

    /// Ends all processes, also those that were started again here.
    @Override
    public void close() throws IOException {
        members.values().stream()
                .filter(each -> !each.role().equals("router"))
                .forEach(each -> each.process().destroyForcibly());
        try {
            whirl(prefix, List.of("cluster", "down", "--data", folder.toString()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Folders.deleteRecursively(folder);
    }

    private Member member(String name) {
        Member member = members.get(name);
        if (member == null) {
            throw new IllegalArgumentException("no member " + name + " in " + members.keySet());
        }
        return member;
    }

    private void look() throws IOException {
        try {
            for (RawJson each : RawJson.parse(Files.readAllBytes(folder.resolve("cluster.json")))
                    .elements()) {
                String address = text(each, "address").replace("/ping", "").replaceAll("/$", "");
                long pid = each.field("pid").flatMap(RawJson::asWholeNumber).orElseThrow();
                URI url = address.startsWith("http") ? URI.create(address) : URI.create("tcp://" + address);
                ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
                members.put(text(each, "name"), new Member(text(each, "role"), url, process, CommandOf.process(pid)));
            }
        } catch (MalformedJsonException e) {
            throw new AssertionError("cluster.json is no JSON", e);
        }
    }

    private static String text(RawJson member, String name) {
        return member.field(name).flatMap(RawJson::asText).orElseThrow();
    }

    private static List<String> words(List<String> first, List<String> then) {
        return Stream.concat(first.stream(), then.stream()).toList();
    }

    private static String whirl(List<String> prefix, List<String> words) throws IOException, InterruptedException {
        var command = new ArrayList<>(prefix);
        command.addAll(List.of(
                "/bin/sh", ServerCommand.distribution().resolve("bin/whirl").toString()));
        command.addAll(words);
        var builder = new ProcessBuilder(command);
        builder.environment().putAll(ServerCommand.environment());
        builder.environment()
                .put(
                        "WHIRL_CLUSTER",
                        Repository.root().resolve("deploy/cluster").toString());
        Path complaints = Files.createTempFile("whirl-cluster-", ".log");
        Process process = builder.redirectError(complaints.toFile()).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(START.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new AssertionError("%s failed: %s %s".formatted(command, said, Files.readString(complaints)));
        }
        Files.delete(complaints);
        return said;
    }

    /// The first of a row of ports that nobody has.
    private static int freePorts() {
        for (int attempt = 0; attempt < 50; attempt++) {
            int first = ThreadLocalRandom.current().nextInt(20_000, 30_000);
            if (areFree(first)) {
                return first;
            }
        }
        throw new IllegalStateException("no free ports");
    }

    private static boolean areFree(int first) {
        for (int port = first; port < first + PORTS; port++) {
            try (var _ = new ServerSocket(port)) {
                // it is free
            } catch (IOException _) {
                return false;
            } catch (IllegalArgumentException e) {
                throw new UncheckedIOException(new IOException(e));
            }
        }
        return true;
    }
}

package dev.whirl.bench.scenario;

import dev.whirl.bench.http.Api;
import dev.whirl.bench.http.Request;
import dev.whirl.bench.process.DataFolder;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A folder with one function that `wsk dev` keeps deployed, to measure how long it takes from saving a file to the
/// first answer of the new code. Closing ends the command and deletes the function.
final class LiveFolder implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final Duration ASK_EVERY = Duration.ofMillis(1);

    /// A user does not save at once again either; meanwhile the server prepares the next sandbox.
    private static final Duration BETWEEN_SAVES = Duration.ofMillis(300);

    private final Process command;
    private final DataFolder folder;
    private final String name;
    private final Api api;
    private final Request call;
    private int version;

    private LiveFolder(Process command, DataFolder folder, Target target, String name) {
        this.command = command;
        this.folder = folder;
        this.name = name;
        this.api = new Api(target.endpoint(), target.auth());
        this.call = api.blockingInvoke(name, Calls.PAYLOAD);
    }

    /// Starts the command and waits until what is in the folder answers.
    ///
    /// @param wsk the command line, such as `bin/wsk`
    /// @param environment where the server is, and the key
    static LiveFolder start(String wsk, Map<String, String> environment, Target target, String name)
            throws IOException, InterruptedException {
        DataFolder folder = DataFolder.create();
        Path functions = Files.createDirectory(functions(folder));
        Files.writeString(functions.resolve(name + ".js"), code(name, 0));
        var builder = new ProcessBuilder(wsk, "dev", functions.toString(), "--quiet")
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(folder.path().resolve("dev.log").toFile()));
        builder.environment().putAll(environment);
        var live = new LiveFolder(builder.start(), folder, target, name);
        try {
            live.await();
            return live;
        } catch (IOException | InterruptedException e) {
            live.close();
            throw e;
        }
    }

    /// The median of several saves, in milliseconds.
    double medianMillis(int times) throws IOException, InterruptedException {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            Thread.sleep(BETWEEN_SAVES);
            version++;
            long saved = System.nanoTime();
            Files.writeString(functions(folder).resolve(name + ".js"), code(name, version));
            await();
            millis.add((System.nanoTime() - saved) / 1e6);
        }
        return millis.stream().sorted().toList().get(times / 2);
    }

    private void await() throws IOException, InterruptedException {
        String marker = marker(name, version);
        long start = System.nanoTime();
        while (!api.send(call).body().contains(marker)) {
            if (!command.isAlive() || System.nanoTime() - start > LONGEST.toNanos()) {
                throw new IOException("what was saved did not become live; the command said:\n"
                        + Files.readString(folder.path().resolve("dev.log")));
            }
            LockSupport.parkNanos(ASK_EVERY.toNanos());
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    private static Path functions(DataFolder folder) {
        return folder.path().resolve("functions");
    }

    private static String marker(String name, int version) {
        return name + "-version-" + version + "-";
    }

    private static String code(String name, int version) {
        return "function main() { return { version: '%s' }; }%n".formatted(marker(name, version));
    }

    @Override
    public void close() throws IOException {
        command.destroy();
        try {
            if (!command.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
                command.destroyForcibly();
            }
        } catch (InterruptedException _) {
            command.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Deployment.delete(api, new Function(name, "nodejs:20", code(name, version), 1).entity());
        api.close();
        folder.close();
    }
}

package dev.whirl.cluster;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Starts programs that outlive this one, waits until they answer, and ends them.
final class Launcher {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration DRAIN = Duration.ofSeconds(40);
    private static final long LOOK_MS = 50;
    private static final Redirect NOTHING = Redirect.from(new File("/dev/null"));

    private final Path folder;
    private final Consumer<String> progress;

    Launcher(Path folder, Consumer<String> progress) {
        this.folder = folder;
        this.progress = progress;
    }

    /// Starts a program in the background, in a session of its own: a Ctrl-C here is not meant for it.
    Member start(String role, String name, String address, List<String> command, Map<String, String> environment) {
        Path log = folder.resolve(name + ".log");
        var words = new ArrayList<String>(List.of("setsid"));
        words.addAll(command);
        var builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectInput(NOTHING)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        try {
            return Member.of(role, name, address, builder.start().toHandle(), log);
        } catch (IOException e) {
            throw new ClusterException("%s can't be started: %s".formatted(name, e.getMessage()), e);
        }
    }

    /// Waits until all of them answer.
    ///
    /// @throws ClusterException if one ends or does not answer in time
    void await(List<Member> members) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (Member each : members) {
            progress.accept("  waiting for %s (%s)".formatted(each.name(), each.address()));
            for (Member.Health health = each.health(); health != Member.Health.UP; health = each.health()) {
                if (health == Member.Health.DOWN || System.nanoTime() > deadline) {
                    throw new ClusterException("%s %s; its log is %s"
                            .formatted(
                                    each.name(),
                                    health == Member.Health.DOWN ? "has ended" : "does not answer",
                                    each.log()));
                }
                Thread.sleep(LOOK_MS);
            }
        }
    }

    /// Waits until this URL is answered without a server error.
    void awaitAnswer(String name, String url) throws InterruptedException {
        progress.accept("  waiting for %s to be ready".formatted(name));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!Probe.answers(url)) {
            if (System.nanoTime() > deadline) {
                throw new ClusterException("%s is not ready: see %s.log".formatted(name, folder.resolve(name)));
            }
            Thread.sleep(LOOK_MS);
        }
    }

    /// Waits until a call succeeds.
    ///
    /// @throws ClusterException with the last answer, if none does in time
    void await(FirstCall call) throws InterruptedException {
        progress.accept("  waiting for a first call to succeed");
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Optional<String> obstacle = call.obstacle();
        while (obstacle.isPresent()) {
            if (System.nanoTime() > deadline) {
                throw new ClusterException("no call can be made: %s; logs are in %s".formatted(obstacle.get(), folder));
            }
            Thread.sleep(LOOK_MS);
            obstacle = call.obstacle();
        }
    }

    /// Runs a program to its end.
    ///
    /// @return what it printed on its standard output
    String run(String what, List<String> command, Map<String, String> environment) throws InterruptedException {
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().putAll(environment);
        Path complaints = folder.resolve(what.replace(' ', '-') + ".log");
        try {
            Process process = builder.redirectInput(NOTHING)
                    .redirectError(complaints.toFile())
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new ClusterException("%s failed: %s (see %s)".formatted(what, said.strip(), complaints));
            }
            return said;
        } catch (IOException e) {
            throw new ClusterException("%s could not be run: %s".formatted(what, e.getMessage()), e);
        }
    }

    /// Asks a process to end, and ends it if it takes too long.
    void stop(Member member) throws InterruptedException {
        Optional<ProcessHandle> process = member.process();
        if (process.isEmpty()) {
            return;
        }
        progress.accept("  stopping " + member.name());
        process.get().destroy();
        long deadline = System.nanoTime() + DRAIN.toNanos();
        while (member.isAlive() && System.nanoTime() < deadline) {
            Thread.sleep(LOOK_MS);
        }
        member.process().ifPresent(ProcessHandle::destroyForcibly);
    }
}

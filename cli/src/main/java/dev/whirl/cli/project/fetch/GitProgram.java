package dev.whirl.cli.project.fetch;

import dev.whirl.cli.project.manifest.Repository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Runs the program `git` on behalf of somebody else's manifest: it sees none of the user's settings and credentials,
/// asks nobody, runs no hook or filter, and is stopped when it takes too long or writes too much. Links are made as
/// they are: whoever reads a file of the repository looks whether it lies in it.
final class GitProgram {
    private static final long CHECK_MILLIS = 50;
    private static final int MAX_MESSAGE_BYTES = 8 * 1024;

    private static final List<String> SETTINGS = List.of(
            "core.hooksPath=/dev/null",
            "core.symlinks=true",
            "core.fsmonitor=false",
            "core.autocrlf=false",
            "core.bigFileThreshold=1m",
            "credential.helper=",
            "fetch.unpackLimit=1",
            "gc.auto=0",
            "maintenance.auto=false",
            "protocol.version=2",
            "submodule.recurse=false");

    private final String program;
    private final TemporaryFolder folder;
    private final FetchLimits limits;

    /// @param program `git`, or where it is
    /// @param folder where everything is written, whose size is watched
    GitProgram(String program, TemporaryFolder folder, FetchLimits limits) {
        this.program = program;
        this.folder = folder;
        this.limits = limits;
    }

    /// Puts the files of one version into a new folder, without the repository.
    void checkOut(Repository repository, Path target) throws FetchException, InterruptedException {
        long end = System.nanoTime() + limits.time().toNanos();
        String scheme = repository.scheme();
        run(scheme, end, List.of("init", "--quiet", "--template=", target.toString()));
        run(
                scheme,
                end,
                List.of(
                        "-C",
                        target.toString(),
                        "fetch",
                        "--quiet",
                        "--depth=1",
                        "--no-tags",
                        "--no-recurse-submodules",
                        repository.url(),
                        repository.version()));
        run(scheme, end, List.of("-C", target.toString(), "checkout", "--quiet", "--detach", "FETCH_HEAD"));
        try {
            TemporaryFolder.delete(target.resolve(".git"));
        } catch (IOException e) {
            throw new FetchException("its files cannot be written: " + e.getMessage());
        }
    }

    private void run(String scheme, long end, List<String> arguments) throws FetchException, InterruptedException {
        var words = new ArrayList<String>();
        words.add(program);
        SETTINGS.forEach(setting -> words.addAll(List.of("-c", setting)));
        words.addAll(arguments);
        Path messages = folder.path().resolve("messages");
        var builder = new ProcessBuilder(words)
                .directory(folder.path().toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(messages.toFile());
        prepare(builder.environment(), scheme);
        Process process = start(builder);
        try {
            await(process, end);
        } finally {
            stop(process);
        }
        if (process.exitValue() != 0) {
            throw new FetchException("git says: " + reason(messages));
        }
    }

    private void prepare(Map<String, String> environment, String scheme) {
        environment.keySet().removeIf(GitProgram::isSetting);
        environment.put("GIT_ALLOW_PROTOCOL", scheme);
        environment.put("GIT_TERMINAL_PROMPT", "0");
        environment.put("GIT_ASKPASS", "");
        environment.put("SSH_ASKPASS", "");
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
        environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
        environment.put("GIT_LFS_SKIP_SMUDGE", "1");
        environment.put("HOME", folder.path().toString());
        environment.put("XDG_CONFIG_HOME", folder.path().toString());
        environment.put("LC_ALL", "C");
    }

    /// Git is left what says how to get through the network.
    private static boolean isSetting(String variable) {
        return variable.startsWith("GIT_") && !variable.startsWith("GIT_SSL_") && !variable.equals("GIT_EXEC_PATH");
    }

    private static Process start(ProcessBuilder builder) throws FetchException {
        try {
            return builder.start();
        } catch (IOException _) {
            throw new FetchException("the program 'git' is needed for that, and is not installed");
        }
    }

    private void await(Process process, long end) throws FetchException, InterruptedException {
        while (!process.waitFor(CHECK_MILLIS, TimeUnit.MILLISECONDS)) {
            if (System.nanoTime() > end) {
                throw new FetchException(
                        "it took longer than %d s".formatted(limits.time().toSeconds()));
            }
            requireSize();
        }
        requireSize();
    }

    private void requireSize() throws FetchException {
        try {
            if (folder.sizeBytes() > limits.maxBytes()) {
                throw new FetchException("it has more than %d MB".formatted(limits.maxBytes() / (1024 * 1024)));
            }
        } catch (IOException e) {
            throw new FetchException("the folder for it cannot be read: " + e.getMessage());
        }
    }

    /// What git started goes with it.
    private static void stop(Process process) throws InterruptedException {
        if (process.isAlive()) {
            List<ProcessHandle> children = process.descendants().toList();
            process.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
            process.waitFor(Duration.ofSeconds(5));
        }
    }

    /// What git calls the failure; else the last line that it wrote. Nobody knows the temporary folder.
    private String reason(Path messages) {
        try (var in = Files.newInputStream(messages)) {
            String text = new String(in.readNBytes(MAX_MESSAGE_BYTES), StandardCharsets.UTF_8);
            List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
            return lines.stream()
                    .filter(line -> line.startsWith("fatal: "))
                    .findFirst()
                    .or(() -> lines.isEmpty() ? Optional.empty() : Optional.of(lines.getLast()))
                    .map(line -> line.replaceFirst("^(?:fatal|error): ", "").strip())
                    .map(line -> line.replace(folder.path() + "/", ""))
                    .orElse("nothing, and failed");
        } catch (IOException _) {
            return "nothing that can be read, and failed";
        }
    }
}

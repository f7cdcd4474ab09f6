package dev.whirl.sandbox.process.launch;

import dev.whirl.common.units.ByteSize;
import dev.whirl.sandbox.process.network.FilteredNetwork;
import dev.whirl.sandbox.process.network.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The bubblewrap of this machine, and the command line that makes a box with it.
///
/// The box has its own users, processes, mounts, host name, System V objects and control groups; a file system in
/// which only `/tmp` and `/dev/shm` can be written, both in memory and bounded; no capabilities, no way to get any, and
/// no way to make a namespace.
final class Bubblewrap {
    /// Where things are inside.
    static final String RUNTIME_FOLDER = "/whirl/runtime";

    static final String SHARED_FOLDER = "/whirl/shared";

    static final String WIRE_FOLDER = "/whirl/wire";
    /// The programs of a [WarmParent].
    static final String PARENT_FOLDER = "/whirl/parent";

    static final String HOME = "/tmp";

    /// The descriptor of the system call filter, opened by the [SpawnScript].
    private static final String FILTER_DESCRIPTOR = "9";

    private static final String USER = "1000";
    static final ByteSize SHARED_MEMORY = ByteSize.mebibytes(64);
    private static final Duration PROBE_PATIENCE = Duration.ofSeconds(10);
    private static final String ADVICE =
            "; or set sandbox.process.isolation=none if you run only code that you trust, or use"
                    + " sandbox.backend=docker";

    /// No terminals: their number is limited for the whole machine.
    private static final List<String> DEVICES = devices();

    private final Path program;
    private final List<String> system;
    private final List<Path> covered;
    private final boolean disablesNamespaces;

    private Bubblewrap(Path program, List<Path> covered, boolean disablesNamespaces) {
        this.program = program;
        this.covered = List.copyOf(covered);
        var words = new ArrayList<>(HostLayout.arguments());
        covered.forEach(folder -> words.addAll(HostLayout.cover(folder)));
        this.system = List.copyOf(words);
        this.disablesNamespaces = disablesNamespaces;
    }

    /// What a box is for.
    ///
    /// @param readOnly more paths to show, at other places inside
    /// @param hostPaths more paths to show at their own places
    record Box(
            Network network,
            ByteSize tmpSize,
            Map<Path, String> readOnly,
            List<Path> hostPaths,
            Map<String, String> environment) {}

    /// Finds it and tries it out.
    ///
    /// @param finder of programs by their names
    /// @param prefix the command to become the user of a sandbox, maybe empty
    /// @param covered folders of the system that no box shows
    /// @throws IOException with one sentence that says what to do, if it isn't there or can't make namespaces
    static Bubblewrap find(Function<String, Optional<Path>> finder, List<String> prefix, List<Path> covered)
            throws IOException {
        Path program = finder.apply("bwrap")
                .orElseThrow(() -> new IOException(
                        "bubblewrap is not here: install it with: apt-get install bubblewrap" + ADVICE));
        String help = output(List.of(program.toString(), "--help"));
        if (!help.contains("--size") || !help.contains("--perms")) {
            throw new IOException("%s is older than version 0.5: install a newer one%s".formatted(program, ADVICE));
        }
        for (boolean disablesNamespaces : help.contains("--disable-userns") ? List.of(true, false) : List.of(false)) {
            var found = new Bubblewrap(program, covered, disablesNamespaces);
            if (found.problem(prefix).isEmpty()) {
                return found;
            }
        }
        throw new IOException("bubblewrap can't make a sandbox here (%s): allow user namespaces with: sysctl -w "
                .formatted(
                        new Bubblewrap(program, covered, false).problem(prefix).orElse(""))
                .concat("user.max_user_namespaces=10000 kernel.unprivileged_userns_clone=1 "
                        + "kernel.apparmor_restrict_unprivileged_userns=0 (those that exist)" + ADVICE));
    }

    /// The words of a command line that runs what is appended to it in a box.
    List<String> command(Box box) {
        var words = new ArrayList<String>();
        words.add(program.toString());
        words.add("--unshare-all");
        words.addAll(networkArguments(box.network()));
        words.addAll(namespaceArguments());
        words.addAll(fileSystem(box));
        words.addAll(List.of("--seccomp", FILTER_DESCRIPTOR, "--"));
        return words;
    }

    /// The words of a command line that runs a [WarmParent] in the file system of that box, as somebody who may make
    /// boxes there: root of a user namespace, and of nothing else.
    ///
    /// @param isRootOfUsers whether it is that already
    List<String> parentCommand(Box box, boolean isRootOfUsers) {
        var words = new ArrayList<String>();
        words.add(program.toString());
        words.addAll(List.of("--unshare-ipc", "--unshare-pid", "--unshare-uts", "--unshare-cgroup-try"));
        if (box.network() == Network.NONE) {
            words.add("--unshare-net");
        }
        if (!isRootOfUsers) {
            words.addAll(List.of("--unshare-user", "--uid", "0", "--gid", "0", "--cap-add", "ALL"));
        }
        words.addAll(List.of("--die-with-parent", "--new-session", "--clearenv", "--hostname", "sandbox"));
        words.addAll(fileSystem(box));
        words.add("--");
        return words;
    }

    private List<String> fileSystem(Box box) {
        var words = new ArrayList<String>(system);
        words.addAll(List.of("--proc", "/proc"));
        words.addAll(DEVICES);
        words.addAll(memoryFolder("/dev/shm", SHARED_MEMORY));
        words.addAll(List.of("--remount-ro", "/dev"));
        words.addAll(memoryFolder("/tmp", box.tmpSize()));
        words.addAll(List.of("--dir", WIRE_FOLDER, "--dir", "/var", "--symlink", "/tmp", "/var/tmp"));
        box.readOnly().forEach((path, place) -> words.addAll(List.of("--ro-bind", path.toString(), place)));
        box.hostPaths().forEach(path -> HostLayout.show(words, path));
        covered.forEach(folder -> words.addAll(HostLayout.keepCovered(folder)));
        words.addAll(List.of("--remount-ro", "/", "--chdir", HOME));
        box.environment().forEach((name, value) -> words.addAll(List.of("--setenv", name, value)));
        return words;
    }

    /// A filtered network is there already when the box is made.
    private static List<String> networkArguments(Network network) {
        return switch (network) {
            case HOST -> List.of("--share-net");
            case FILTERED -> List.of("--share-net", "--sync-fd", FilteredNetwork.END_DESCRIPTOR);
            case NONE -> List.of();
        };
    }

    private static List<String> devices() {
        var words = new ArrayList<>(List.of("--perms", "0755", "--size", "65536", "--tmpfs", "/dev"));
        for (String name : List.of("null", "zero", "full", "random", "urandom")) {
            words.addAll(List.of("--dev-bind", "/dev/" + name, "/dev/" + name));
        }
        words.addAll(List.of("--symlink", "/proc/self/fd", "/dev/fd"));
        List<String> streams = List.of("stdin", "stdout", "stderr");
        for (int i = 0; i < streams.size(); i++) {
            words.addAll(List.of("--symlink", "/proc/self/fd/" + i, "/dev/" + streams.get(i)));
        }
        return List.copyOf(words);
    }

    private List<String> namespaceArguments() {
        var words = new ArrayList<>(List.of("--unshare-user"));
        if (disablesNamespaces) {
            words.add("--disable-userns");
        }
        words.addAll(List.of("--die-with-parent", "--new-session", "--clearenv", "--cap-drop", "ALL"));
        words.addAll(List.of("--uid", USER, "--gid", USER, "--hostname", "sandbox"));
        return words;
    }

    private static List<String> memoryFolder(String place, ByteSize size) {
        return List.of("--perms", "1777", "--size", Long.toString(size.bytes()), "--tmpfs", place);
    }

    /// What it says when it can't make a box here.
    private Optional<String> problem(List<String> prefix) throws IOException {
        var words = new ArrayList<>(prefix);
        words.add(program.toString());
        words.add("--unshare-all");
        words.addAll(namespaceArguments());
        words.addAll(system);
        words.addAll(List.of("--proc", "/proc"));
        words.addAll(DEVICES);
        words.addAll(List.of("--", "/bin/echo", "works"));
        String answer = output(words).strip();
        return answer.equals("works") ? Optional.empty() : Optional.of(answer);
    }

    private static String output(List<String> command) throws IOException {
        return ProgramOutput.of(command, PROBE_PATIENCE)
                .orElseThrow(() -> new IOException("%s did not answer".formatted(command.getFirst())));
    }

    /// The two files that give the sandbox's user a name.
    static Map<Path, String> userFiles(Path folder) throws IOException {
        Path users = Files.writeString(folder.resolve("passwd"), "function:x:1000:1000::/tmp:/bin/sh\n");
        Path groups = Files.writeString(folder.resolve("group"), "function:x:1000:\n");
        return Map.of(users, "/etc/passwd", groups, "/etc/group");
    }
}

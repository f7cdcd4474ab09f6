package dev.whirl.sandbox.process.launch;

import dev.whirl.sandbox.RuntimeReadiness;
import dev.whirl.sandbox.SandboxException;
import dev.whirl.sandbox.process.launch.SystemCallFilter.Machine;
import dev.whirl.sandbox.process.network.FilteredNetwork;
import dev.whirl.sandbox.process.network.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Turns a [Launch] into the command line that does it, and runs that.
///
/// The chain is sh (joins the control group, opens pipes and filter) → setpriv (becomes the sandbox's user) →
/// bubblewrap (makes the box) → interpreter. Each replaces the one before.
///
/// A runtime that can be forked is forked from a [WarmParent] as soon as there is one, and whenever that can't be done
/// started by the chain.
public final class Launcher implements AutoCloseable {
    private static final String SOCKET = "WHIRL_SOCKET";
    private static final String FILTER_COUNTED = "filter-counted";
    private static final String FILTER_STRICT = "filter-strict";

    private final LaunchSettings settings;
    private final InstalledRuntimes runtimes;
    private final Optional<Bubblewrap> bubblewrap;
    private final Optional<FilteredNetwork> filteredNetwork;
    private final Optional<Forking> forking;
    private final UserIds users;
    private final WarmParents parents = new WarmParents();
    private final Path shared;
    private final Map<Path, String> userFiles;
    private final Spawner spawner;

    private Launcher(
            LaunchSettings settings,
            InstalledRuntimes runtimes,
            Optional<Bubblewrap> bubblewrap,
            Optional<FilteredNetwork> filteredNetwork,
            Path shared,
            UserIds users,
            Spawner spawner)
            throws IOException {
        boolean canFork = settings.forks() && bubblewrap.isPresent() && filteredNetwork.isEmpty();
        this.forking = canFork ? Optional.of(Forking.create(settings, shared, users)) : Optional.empty();
        this.users = users;
        this.filteredNetwork = filteredNetwork;
        this.settings = settings;
        this.runtimes = runtimes;
        this.bubblewrap = bubblewrap;
        this.shared = shared;
        this.spawner = spawner;
        this.userFiles = Bubblewrap.userFiles(shared);
    }

    /// Checks that sandboxes can be made here and looks for runtimes.
    ///
    /// @param shared a folder that all sandboxes can read, for what they have in common
    /// @param serverFolders what is this server's own: no sandbox shows it
    /// @throws IOException with one sentence that says what to do, if they can't
    public static Launcher create(
            LaunchSettings settings,
            Path runtimesHome,
            Path shared,
            UserIds users,
            Spawner spawner,
            List<Path> serverFolders)
            throws IOException {
        var secret = PrivateFolders.ofThisMachine(serverFolders);
        Optional<Bubblewrap> bubblewrap = Optional.empty();
        if (settings.isolation() == Isolation.BUBBLEWRAP) {
            writeFilters(shared);
            List<String> becoming = becoming(sampleUser(users), List.of());
            bubblewrap = Optional.of(Bubblewrap.find(Programs::find, becoming, secret.withinSystem()));
        }
        var access = new SandboxAccess(users.isAvailable(), shared.resolve("runtimes"));
        return new Launcher(
                settings,
                InstalledRuntimes.find(runtimesHome, access, secret),
                bubblewrap,
                filteredNetwork(settings, shared, users),
                shared,
                users,
                spawner);
    }

    private static Optional<FilteredNetwork> filteredNetwork(LaunchSettings settings, Path shared, UserIds users)
            throws IOException {
        if (settings.network().kind() != Network.FILTERED) {
            return Optional.empty();
        }
        FilteredNetwork.Becoming trial = inNetwork(sampleUser(users));
        return Optional.of(
                FilteredNetwork.create(settings.network(), Programs::find, shared, trial, users.isAvailable()));
    }

    public List<RuntimeReadiness> readiness() {
        return runtimes.readiness();
    }

    public Process start(Launch launch) throws SandboxException, IOException, InterruptedException {
        InstalledRuntime runtime = runtimes.byKind(launch.runtime())
                .orElseThrow(() -> new SandboxException(
                        "%s can't run here: %s".formatted(launch.runtime(), runtimes.whyNot(launch.runtime()))));
        Optional<Process> forked = launch.mayFork() ? forked(runtime, launch) : Optional.empty();
        return forked.isPresent() ? forked.get() : spawned(runtime, launch);
    }

    /// Whether the next sandbox of that runtime will be forked.
    public boolean isWarm(String runtime) {
        return parents.isReady(runtime);
    }

    /// Tells whether what was forked got ready.
    public void judge(String runtime, boolean isReady) {
        if (isReady) {
            parents.trust(runtime);
        } else {
            parents.distrust(runtime, "what was forked did not get ready");
        }
    }

    /// Ends what it keeps to fork from.
    @Override
    public void close() {
        parents.close();
    }

    private Optional<Process> forked(InstalledRuntime runtime, Launch launch) throws InterruptedException {
        if (forking.isEmpty() || bubblewrap.isEmpty() || !runtime.forks()) {
            return Optional.empty();
        }
        Optional<WarmParent> parent = parents.find(launch.runtime(), () -> newParent(runtime, launch));
        if (parent.isEmpty()) {
            return Optional.empty();
        }
        int user = launch.folder().user().isPresent()
                ? users.indexOf(launch.folder().user().getAsInt())
                : 0;
        var environment = environment(runtime, launch, new Places(Bubblewrap.RUNTIME_FOLDER, "", Bubblewrap.HOME));
        environment.remove(SOCKET);
        String folder = String.valueOf(launch.folder().root().getFileName());
        try {
            return parent.get().fork(new WarmParent.Order(folder, user, environment, launch.joins()));
        } catch (IOException e) {
            parents.distrust(launch.runtime(), String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private WarmParent newParent(InstalledRuntime runtime, Launch launch) throws IOException, InterruptedException {
        List<String> command = forking.orElseThrow()
                .command(
                        runtime,
                        bubblewrap.orElseThrow(),
                        filter(launch),
                        readOnly(runtime),
                        !launch.countsAllMemory());
        return WarmParent.ready(spawner.spawnTalking(command));
    }

    private Process spawned(InstalledRuntime runtime, Launch launch) throws IOException, InterruptedException {
        List<String> script = SpawnScript.command(
                launch.folder().stdout(),
                launch.folder().stderr(),
                filter(launch),
                filteredNetwork
                        .map(network -> network.openFiles(settings.openFiles(launch.countsAllMemory())))
                        .orElse(settings.openFiles(launch.countsAllMemory())),
                launch.joins(),
                bubblewrap.isPresent() ? isolated(runtime, launch, bubblewrap.get()) : direct(runtime, launch));
        Map<String, String> environment =
                bubblewrap.isPresent() ? Map.of() : environment(runtime, launch, directPlaces(runtime, launch));
        return spawner.spawn(
                script,
                environment,
                bubblewrap.isPresent() ? Path.of("/") : launch.folder().home());
    }

    private List<String> isolated(InstalledRuntime runtime, Launch launch, Bubblewrap box) throws IOException {
        Map<Path, String> readOnly = readOnly(runtime);
        readOnly.put(launch.folder().wire(), Bubblewrap.WIRE_FOLDER);
        var places = new Places(Bubblewrap.RUNTIME_FOLDER, Bubblewrap.WIRE_FOLDER + "/wire.sock", Bubblewrap.HOME);
        filteredNetwork.ifPresent(network -> readOnly.put(network.resolver(), "/etc/resolv.conf"));
        var words = new ArrayList<>(box.command(new Bubblewrap.Box(
                settings.network().kind(),
                settings.tmpSize(),
                readOnly,
                runtime.shown(),
                environment(runtime, launch, places))));
        if (!launch.countsAllMemory()) {
            words.addAll(ProcessLimit.command(settings.maxProcesses()));
        }
        words.addAll(runtime.command(places.runtimeFolder(), launch.memory().bytes()));
        if (filteredNetwork.isPresent()) {
            return filteredNetwork
                    .get()
                    .around(
                            new FilteredNetwork.Place(
                                    launch.folder().root(), settings.openFiles(launch.countsAllMemory())),
                            inNetwork(launch.folder().user()),
                            words);
        }
        words.addAll(0, becoming(launch.folder().user(), List.of()));
        return words;
    }

    private Map<Path, String> readOnly(InstalledRuntime runtime) {
        var readOnly = new LinkedHashMap<>(userFiles);
        readOnly.put(runtime.folder(), Bubblewrap.RUNTIME_FOLDER);
        runtimes.shared().ifPresent(folder -> readOnly.put(folder, Bubblewrap.SHARED_FOLDER));
        return readOnly;
    }

    private static List<String> direct(InstalledRuntime runtime, Launch launch) throws IOException {
        var words = new ArrayList<>(becoming(launch.folder().user(), List.of("--pdeathsig", "KILL")));
        Places places = directPlaces(runtime, launch);
        words.addAll(runtime.command(places.runtimeFolder(), launch.memory().bytes()));
        return words;
    }

    /// Where the process finds things.
    private record Places(String runtimeFolder, String socket, String home) {}

    private static Places directPlaces(InstalledRuntime runtime, Launch launch) {
        return new Places(
                runtime.folder().toString(),
                launch.folder().socket().toString(),
                launch.folder().home().toString());
    }

    private Map<String, String> environment(InstalledRuntime runtime, Launch launch, Places places) {
        var variables = new LinkedHashMap<String, String>();
        variables.put("HOME", places.home());
        variables.put("TMPDIR", places.home());
        variables.put("PATH", "/usr/local/bin:/usr/bin:/bin");
        variables.put("LANG", "C.UTF-8");
        String zone = System.getenv("TZ");
        if (zone != null) {
            variables.put("TZ", zone);
        }
        variables.put("__OW_API_HOST", apiHost());
        variables.put("__OW_ALLOW_CONCURRENT", "true");
        variables.putAll(
                runtime.environment(places.runtimeFolder(), launch.memory().bytes()));
        variables.put(SOCKET, places.socket());
        return variables;
    }

    private String apiHost() {
        return filteredNetwork
                .map(FilteredNetwork::apiHost)
                .orElse(settings.network().apiHost());
    }

    private Path filter(Launch launch) {
        if (bubblewrap.isEmpty()) {
            return Path.of("/dev/null");
        }
        return shared.resolve(launch.countsAllMemory() ? FILTER_COUNTED : FILTER_STRICT);
    }

    private static void writeFilters(Path shared) throws IOException {
        String name = System.getProperty("os.arch");
        Machine machine = Machine.of(name)
                .orElseThrow(() -> new IOException(
                        "there is no system call filter for %s: set sandbox.process.isolation=none or use docker"
                                .formatted(name)));
        Files.write(shared.resolve(FILTER_COUNTED), SystemCallFilter.program(machine, true));
        Files.write(shared.resolve(FILTER_STRICT), SystemCallFilter.program(machine, false));
    }

    private static OptionalInt sampleUser(UserIds users) {
        return users.isAvailable() ? OptionalInt.of(users.sample()) : OptionalInt.empty();
    }

    private static FilteredNetwork.Becoming inNetwork(OptionalInt user) throws IOException {
        return new FilteredNetwork.Becoming(becoming(user, List.of()), becoming(user, List.of("--pdeathsig", "KILL")));
    }

    /// The words that make what follows another user's process; none where there is nothing to change.
    private static List<String> becoming(OptionalInt user, List<String> more) throws IOException {
        if (user.isEmpty() && more.isEmpty()) {
            return List.of();
        }
        Path setpriv = Programs.find("setpriv")
                .orElseThrow(() -> new IOException("setpriv is not here: install it with: apt-get install util-linux"));
        var words = new ArrayList<>(List.of(setpriv.toString(), "--no-new-privs", "--inh-caps=-all"));
        if (user.isPresent()) {
            String id = Integer.toString(user.getAsInt());
            words.addAll(List.of("--reuid", id, "--regid", id, "--clear-groups"));
        }
        words.addAll(more);
        return words;
    }
}

package dev.whirl.sandbox.process;

import dev.whirl.sandbox.process.compiled.CompiledCode;
import dev.whirl.sandbox.process.launch.Isolation;
import dev.whirl.sandbox.process.launch.Launcher;
import dev.whirl.sandbox.process.launch.Spawner;
import dev.whirl.sandbox.process.launch.UserIds;
import dev.whirl.sandbox.process.limit.ControlGroups;
import dev.whirl.sandbox.process.limit.ResourceWatch;
import dev.whirl.sandbox.process.network.Network;
import dev.whirl.sandbox.process.output.OutputPump;
import dev.whirl.sandbox.process.wire.WireLoop;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What all sandboxes of a server share: three threads, the folder, the place for control groups, the users.
record Backend(
        ProcessSandboxConfig config,
        RunFolder runFolder,
        Optional<ControlGroups> groups,
        UserIds users,
        Spawner spawner,
        Launcher launcher,
        WireLoop wires,
        OutputPump pump,
        ResourceWatch watch,
        CompiledCode compiled)
        implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Backend.class);

    /// @param serverFolders what no sandbox may show besides the folder of running sandboxes
    /// @throws IOException with one sentence that says what to do, if sandboxes can't be made here
    static Backend open(ProcessSandboxConfig config, List<Path> serverFolders) throws IOException {
        UserIds users = UserIds.ofThisProcess();
        String name = RunFolder.newServerName();
        Optional<ControlGroups> groups = ControlGroups.detect(name);
        var folder = new RunFolder(config.runFolder().resolve(name));
        var spawner = spawner(config);
        var hidden = new ArrayList<>(serverFolders);
        hidden.add(config.runFolder());
        try {
            folder = RunFolder.create(config.runFolder(), name, users.isAvailable());
            Leftovers.remove(
                    config.runFolder().toRealPath(),
                    groups.map(ControlGroups::parents).orElseGet(List::of));
            var launcher = Launcher.create(config.launch(), config.runtimes(), folder.shared(), users, spawner, hidden);
            var backend = new Backend(
                    config,
                    folder,
                    groups,
                    users,
                    spawner,
                    launcher,
                    WireLoop.started(),
                    OutputPump.started(),
                    ResourceWatch.started(),
                    CompiledCode.in(folder.compiled(), config.compiledSize()));
            backend.announce();
            return backend;
        } catch (IOException | RuntimeException e) {
            spawner.close();
            folder.delete();
            groups.ifPresent(ControlGroups::close);
            throw e;
        }
    }

    private static Spawner spawner(ProcessSandboxConfig config) {
        boolean sharesNetwork = config.launch().network().kind() == Network.HOST;
        boolean isIsolated = config.launch().isolation() != Isolation.NONE;
        return sharesNetwork && isIsolated ? Spawner.ofASharedNetwork() : new Spawner();
    }

    boolean isIsolated() {
        return config.launch().isolation() != Isolation.NONE;
    }

    @Override
    public void close() {
        wires.close();
        pump.close();
        watch.close();
        launcher.close();
        spawner.close();
        groups.ifPresent(ControlGroups::close);
        try {
            runFolder.delete();
        } catch (IOException e) {
            log.atWarn().addKeyValue("folder", runFolder.root()).setCause(e).log("a folder could not be removed");
        }
    }

    private void announce() {
        log.atDebug()
                .addKeyValue("limits", groups.map(ControlGroups::description).orElse("looked after by this server"))
                .addKeyValue("network", config.launch().network().kind())
                .log("functions run as processes of this machine");
        if (!isIsolated()) {
            log.atWarn().log("sandbox.process.isolation=none: functions can read and change what this user can");
        }
    }
}

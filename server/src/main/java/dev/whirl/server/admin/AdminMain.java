package dev.whirl.server.admin;

import dev.whirl.model.entity.EntityId;
import dev.whirl.store.StoreException;
import dev.whirl.store.Stores;
import dev.whirl.store.embedded.EmbeddedStoreConfig;
import dev.whirl.store.embedded.EmbeddedStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The command `whirl admin`: hands its words to the server that runs on the data folder; if none does, it opens the
/// folder itself. Which of the two, the folder's lock tells.
public final class AdminMain {
    /// How long a server that has the folder may take until it listens, or until it has stopped.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration PAUSE = Duration.ofMillis(50);

    /// Finds out which store is meant.
    public interface Configuration {
        /// @param data the folder that was given, null for none
        /// @param file the configuration file that was given, null for none
        EmbeddedStoreConfig read(@Nullable String data, @Nullable Path file);
    }

    /// Finds out whether a cluster is meant.
    public interface ClusterConfiguration {
        /// @param file the configuration file that was given, null for none
        /// @return empty if the configuration names no database of a cluster
        Optional<ClusterAdmin> read(@Nullable Path file);
    }

    private final Configuration configuration;
    private final ClusterConfiguration clusters;
    private final Path catalog;
    private final BufferedReader in;
    private final PrintStream out;

    /// @param catalog folder of the catalog that belongs to this installation
    /// @param in where a word `-` is read from
    public AdminMain(
            Configuration configuration,
            ClusterConfiguration clusters,
            Path catalog,
            BufferedReader in,
            PrintStream out) {
        this.catalog = catalog;
        this.configuration = configuration;
        this.clusters = clusters;
        this.in = in;
        this.out = out;
    }

    /// @param arguments the words after `admin`
    /// @return the exit code: 0 done, 1 failed, 2 wrong usage
    public int run(List<String> arguments) throws InterruptedException {
        try {
            Path folder = Path.of("").toAbsolutePath();
            List<String> words = withInput(arguments);
            AdminCommands.Parsed parsed = AdminCommands.parse(words, folder, catalog);
            Optional<ClusterAdmin> cluster =
                    parsed.task() instanceof AdminTask.Over ? Optional.empty() : clusters.read(parsed.config());
            if (cluster.isPresent() && parsed.data() == null) {
                return inCluster(parsed.task(), cluster.get());
            }
            return switch (parsed.task()) {
                case AdminTask.Initialize _ ->
                    say("init-db is for the database of a cluster: set store.couchdb.url.", AdminTask.FAILED);
                case AdminTask.Over(int code, String line) -> say(line, code);
                case AdminTask.Restore(Path backup) -> restore(backup, store(parsed));
                case AdminTask.OnStore task -> run(task, store(parsed), new Exchange.Request(words, folder));
            };
        } catch (StoreException e) {
            return say(String.valueOf(e.getMessage()), AdminTask.FAILED);
        } catch (IOException e) {
            return say("The command failed: " + e.getMessage(), AdminTask.FAILED);
        }
    }

    private int inCluster(AdminTask task, ClusterAdmin cluster) {
        return switch (task) {
            case AdminTask.Initialize _ -> cluster.initialize(out::println);
            case AdminTask.OnStore onStore -> cluster.run(onStore, out::println);
            case AdminTask.Restore _ ->
                say("The data are in CouchDB: use its replication for backups.", AdminTask.FAILED);
            case AdminTask.Over(int code, String line) -> say(line, code);
        };
    }

    private EmbeddedStoreConfig store(AdminCommands.Parsed parsed) {
        EmbeddedStoreConfig config = configuration.read(parsed.data(), parsed.config());
        return config.withHousekeeping(config.retention(), Duration.ZERO, config.codeGrace());
    }

    private int run(AdminTask.OnStore task, EmbeddedStoreConfig store, Exchange.Request request)
            throws IOException, InterruptedException {
        Path data = store.data();
        boolean isThere = Files.isDirectory(data);
        if (!isThere && task.needsData()) {
            return say("There is no data folder %s: say --data.".formatted(data.toAbsolutePath()), AdminTask.FAILED);
        }
        if (isThere && !isOwn(data)) {
            String owner = Files.getOwner(data).getName();
            return say(
                    "The data folder %s belongs to %s: run this as that user.".formatted(data.toAbsolutePath(), owner),
                    AdminTask.FAILED);
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Optional<SocketChannel> server = AdminSocket.connect(data);
            if (server.isPresent()) {
                return ask(server.get(), request);
            }
            if (!EmbeddedStores.isInUse(data)) {
                return runHere(task, store);
            }
            if (System.nanoTime() - deadline > 0) {
                return say(
                        "The data folder %s is in use by a process that takes no admin commands."
                                .formatted(data.toAbsolutePath()),
                        AdminTask.FAILED);
            }
            Thread.sleep(PAUSE);
        }
    }

    private int ask(SocketChannel server, Exchange.Request request) throws IOException {
        try (server) {
            OutputStream words = Channels.newOutputStream(server);
            words.write((Exchange.write(request).compact() + "\n").getBytes(StandardCharsets.UTF_8));
            words.flush();
            var answers = new BufferedReader(Channels.newReader(server, StandardCharsets.UTF_8));
            while (true) {
                switch (Exchange.answer(answers)) {
                    case Exchange.Answer.Line(String text) -> out.println(text);
                    case Exchange.Answer.End(int code) -> {
                        return code;
                    }
                }
            }
        }
    }

    private int runHere(AdminTask.OnStore task, EmbeddedStoreConfig store) {
        try (EmbeddedStores stores = EmbeddedStores.open(store, new SimpleMeterRegistry())) {
            return task.work().run(new OpenHere(stores), out::println);
        }
    }

    private int restore(Path backup, EmbeddedStoreConfig store) {
        Path data = store.data().toAbsolutePath().normalize();
        if (Files.isDirectory(data) && EmbeddedStores.isInUse(data)) {
            return say("The server runs: stop it to restore a backup.", AdminTask.FAILED);
        }
        EmbeddedStores.restore(backup, data);
        return say("Restored %s to %s".formatted(backup, data), AdminTask.DONE);
    }

    /// What another user makes in the folder its server could not write.
    private static boolean isOwn(Path data) throws IOException {
        if (!data.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return true;
        }
        Object owner = Files.getAttribute(data, "unix:uid");
        return owner.equals((int) new com.sun.security.auth.module.UnixSystem().getUid());
    }

    /// A word `-` stands for a line of input: keys given so appear in no list of processes.
    private List<String> withInput(List<String> arguments) throws IOException {
        var words = new ArrayList<String>(arguments.size());
        for (String each : arguments) {
            if (each.equals("-")) {
                String line = in.readLine();
                words.add(line == null ? "" : line.strip());
            } else {
                words.add(each);
            }
        }
        return words;
    }

    private int say(String line, int code) {
        out.println(line);
        return code;
    }

    /// The store opened by this command: nobody else knows anything of it.
    private record OpenHere(EmbeddedStores open) implements Administered {
        @Override
        public Stores stores() {
            return open;
        }

        @Override
        public void backup(Path folder) {
            open.backup(folder);
        }

        @Override
        public void identitiesChanged() {
            // the next server reads it from the store
        }

        @Override
        public void entitiesChanged(List<EntityId> ids) {
            // the next server reads them from the store
        }

        @Override
        public Optional<List<LogLine>> recentLog() {
            return Optional.empty();
        }
    }
}

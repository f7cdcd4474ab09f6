package dev.whirl.invoker;

import com.sun.management.OperatingSystemMXBean;
import dev.whirl.common.config.ConfigReader;
import dev.whirl.common.units.ByteSize;
import dev.whirl.invoker.logs.LogsConfig;
import dev.whirl.invoker.pool.DemandConfig;
import dev.whirl.invoker.pool.PoolConfig;
import dev.whirl.invoker.pool.Reuse;
import dev.whirl.model.activation.StorageRules;
import dev.whirl.model.message.InvokerId;
import dev.whirl.model.secret.ParameterEncryption;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How an invoker works.
///
/// @param reuse whether a sandbox serves more than one activation
/// @param keepsStemCells whether sandboxes are started before anybody asks
/// @param drainTimeout how long a stop waits for what is running
/// @param records which activations leave a record
/// @param logs where log lines go
/// @param encryption of the parameters that functions get
/// @param tags resources that it has, such as `gpu` (row A-9)
/// @param dedicatedNamespaces the only ones that it works for; none: it works for all
public record InvokerConfig(
        InvokerId id,
        PoolConfig pool,
        Reuse reuse,
        boolean keepsStemCells,
        Duration drainTimeout,
        StorageRules records,
        LogsConfig logs,
        ParameterEncryption encryption,
        Set<String> tags,
        Set<String> dedicatedNamespaces) {
    private static final long MOST_WAITING = 1_000_000;
    private static final long MOST_SANDBOXES = 1_000;
    private static final long MOST_INVOKERS = 1_000_000;

    public InvokerConfig {
        tags = Set.copyOf(tags);
        dedicatedNamespaces = Set.copyOf(dedicatedNamespaces);
    }

    /// Of an invoker like most.
    public InvokerConfig(
            InvokerId id,
            PoolConfig pool,
            Reuse reuse,
            boolean keepsStemCells,
            Duration drainTimeout,
            StorageRules records,
            ParameterEncryption encryption) {
        this(
                id,
                pool,
                reuse,
                keepsStemCells,
                drainTimeout,
                records,
                LogsConfig.IN_RECORD,
                encryption,
                Set.of(),
                Set.of());
    }

    public InvokerConfig withId(InvokerId other) {
        return new InvokerConfig(
                other, pool, reuse, keepsStemCells, drainTimeout, records, logs, encryption, tags, dedicatedNamespaces);
    }

    /// Reads `invoker.*`, `pool.*`, `records.*`, `logs.*` and `parameters.*`.
    public static InvokerConfig read(ConfigReader reader) {
        boolean keepsStemCells =
                reader.flag("pool.stem-cells", true, "Whether sandboxes are kept ready before anybody asks.");
        return new InvokerConfig(
                new InvokerId((int) reader.number(
                        "invoker.id", 0, 0, MOST_INVOKERS, "Number of this invoker, unique among all that run.")),
                readPool(reader, keepsStemCells),
                reader.choice(
                        "pool.reuse",
                        Reuse.SAME_ACTION,
                        "Whether a sandbox serves further activations of the same action for the same namespace."
                                + " With `never` each has one of its own, at the price of a start."),
                keepsStemCells,
                reader.duration(
                        "invoker.drain-timeout",
                        Duration.ofSeconds(30),
                        "How long a stop waits for activations that are running."),
                StorageRules.read(reader),
                LogsConfig.read(reader),
                ParameterEncryption.read(reader),
                words(reader.text(
                        "invoker.tags",
                        "",
                        "Resources of this invoker, such as `gpu,large-disk`, for actions with the annotation"
                                + " invoker-resources.")),
                words(reader.text(
                        "invoker.dedicated-namespaces",
                        "",
                        "The only namespaces that this invoker works for, separated by commas; they use no others"
                                + " then. None: it works for all.")));
    }

    private static Set<String> words(String text) {
        return Stream.of(text.split(","))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static PoolConfig readPool(ConfigReader reader, boolean keepsStemCells) {
        ByteSize memory = reader.size(
                "pool.memory",
                ByteSize.ZERO,
                "Memory of all sandboxes together; 0 B means half of the machine's, at least 1 GB.");
        return new PoolConfig(
                memory.bytes() == 0 ? halfOfTheMachine() : memory,
                positive(
                        reader,
                        "pool.idle-timeout",
                        Duration.ofMinutes(10),
                        "A sandbox idle for so long is removed, where nothing is known of its action."),
                reader.duration(
                        "pool.pause-grace",
                        Duration.ofSeconds(10),
                        "A sandbox idle for so long is frozen, where the backend can; 0ms never freezes."),
                (int) reader.number(
                        "pool.queue-limit", 10_000, 1, MOST_WAITING, "Most jobs that wait; more are refused."),
                positive(
                        reader,
                        "pool.queue-deadline",
                        Duration.ofSeconds(60),
                        "A job that has waited so long for a sandbox is refused, if its caller waits for the result."),
                reader.duration(
                        "pool.fairness-window",
                        Duration.ofMillis(500),
                        "A job that has waited so long for memory takes over that of another action."),
                orProcessors(reader, "pool.parallel-starts", "Most sandboxes being started at a time"),
                orProcessors(
                        reader,
                        "pool.steady-sandboxes",
                        "Sandboxes for an action whose jobs wait all the time, however short each wait is"),
                readDemand(reader, keepsStemCells),
                positive(
                        reader,
                        "pool.accepted-deadline",
                        Duration.ofHours(24),
                        "As pool.queue-deadline, for activations that were accepted (202): they wait in the journal."));
    }

    private static DemandConfig readDemand(ConfigReader reader, boolean keepsStemCells) {
        int mostStemCells = (int) reader.number(
                "pool.stem-cells-max",
                8,
                0,
                MOST_SANDBOXES,
                "Most stem cells of one runtime that demand can bring about, in at most a quarter of the memory;"
                        + " the manifest may ask for more.");
        return new DemandConfig(
                reader.flag(
                        "pool.learn-demand",
                        true,
                        "Whether keep-alive, eviction and the number of stem cells follow the calls of the past;"
                                + " else they are fixed."),
                positive(
                        reader,
                        "pool.idle-timeout-max",
                        Duration.ofHours(2),
                        "Longest that a sandbox is kept without work where the calls of its action come far apart."),
                keepsStemCells ? mostStemCells : 0,
                (int) reader.number(
                        "pool.remembered-actions",
                        5_000,
                        1,
                        MOST_WAITING,
                        "Most actions whose times between calls are remembered, about 500 bytes each."));
    }

    private static int orProcessors(ConfigReader reader, String key, String meaning) {
        String sentence = meaning + "; 0 means as many as there are processors, at least 2.";
        int set = (int) reader.number(key, 0, 0, MOST_SANDBOXES, sentence);
        return set > 0 ? set : Math.max(2, Runtime.getRuntime().availableProcessors());
    }

    private static Duration positive(ConfigReader reader, String key, Duration fallback, String meaning) {
        Duration read = reader.duration(key, fallback, meaning);
        if (read.isPositive()) {
            return read;
        }
        reader.problem(key + " must be longer than nothing");
        return fallback;
    }

    private static ByteSize halfOfTheMachine() {
        var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return ByteSize.bytes(Math.max(ByteSize.mebibytes(1024).bytes(), system.getTotalMemorySize() / 2));
    }
}

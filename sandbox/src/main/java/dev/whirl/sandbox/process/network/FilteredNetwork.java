package dev.whirl.sandbox.process.network;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.whirl.sandbox.process.system.Posix;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Gives each sandbox a network of its own with a way out to the API and the outside.
///
/// A slirp4netns per sandbox carries its packets: a process of the sandbox's user and control group, without access to
/// files, that ends with it. What may be reached is decided before it gets a packet, by the [NetworkRules].
public final class FilteredNetwork {
    /// The descriptor that a sandbox must keep open as long as it lives, and not pass on.
    public static final String END_DESCRIPTOR = NetworkScript.END_DESCRIPTOR;

    private static final Path DEVICE = Path.of("/dev/net/tun");
    private static final long TRIAL_SECONDS = 10;
    private static final int TRIAL_FILES = 64;

    /// A connection is an open file of slirp4netns, which ends when it can't have more.
    private static final int CARRIER_FILES = 16_384;

    private static final String OTHERWISE =
            "; or set sandbox.process.network to none, or to host, which lets functions reach what this machine can";

    private final Path slirp;
    private final Path ip;
    private final Path unshare;
    private final ApiWay api;
    private final List<Cidr> denied;
    private final boolean makesDevice;
    private final Path resolver;

    private FilteredNetwork(Tools tools, NetworkSettings settings, boolean makesDevice, Path resolver)
            throws IOException {
        this.slirp = tools.required("slirp4netns", "slirp4netns");
        this.ip = tools.required("ip", "iproute2");
        this.unshare = tools.required("unshare", "util-linux");
        this.api = ApiWay.to(settings.apiHost());
        this.denied = settings.denied();
        this.makesDevice = makesDevice;
        this.resolver = resolver;
    }

    /// The words that make what follows a process of the sandbox's user.
    ///
    /// @param ofSandbox for the sandbox itself, maybe none
    /// @param ofCarrier for slirp4netns: the same, and to die with its parent
    public record Becoming(List<String> ofSandbox, List<String> ofCarrier) {
        public Becoming {
            ofSandbox = List.copyOf(ofSandbox);
            ofCarrier = List.copyOf(ofCarrier);
        }
    }

    /// What a sandbox has of its own.
    ///
    /// @param openFiles of one process in it
    public record Place(Path folder, int openFiles) {}

    private record Tools(Function<String, Optional<Path>> finder) {
        Path required(String name, String debianPackage) throws IOException {
            return finder.apply(name)
                    .orElseThrow(() -> new IOException(
                            "sandbox.process.network=filtered needs %s, which is not here: install it with: apt-get install %s%s"
                                    .formatted(name, debianPackage, OTHERWISE)));
        }
    }

    /// Finds what it needs and tries it out.
    ///
    /// @param finder of programs by their names
    /// @param shared a folder that all sandboxes can read
    /// @param trial a user of a sandbox
    /// @param usesOtherUsers whether sandboxes have users of their own, because this server is root
    /// @throws IOException with one sentence that says what to do, if there can't be such a network here
    public static FilteredNetwork create(
            NetworkSettings settings,
            Function<String, Optional<Path>> finder,
            Path shared,
            Becoming trial,
            boolean usesOtherUsers)
            throws IOException {
        boolean isOpen = usesOtherUsers ? isOpenToAll(DEVICE) : Files.isReadable(DEVICE) && Files.isWritable(DEVICE);
        if (!isOpen && !usesOtherUsers) {
            throw new IOException(
                    "sandbox.process.network=filtered needs %s, which this user can't open: let root call: chmod 666 %s%s"
                            .formatted(DEVICE, DEVICE, OTHERWISE));
        }
        Path resolver = Files.writeString(shared.resolve("resolv.conf"), resolverText());
        var network = new FilteredNetwork(new Tools(finder), settings, !isOpen, resolver);
        network.tryOut(shared, trial);
        return network;
    }

    /// The API's address as functions see it.
    public String apiHost() {
        return api.shownAs();
    }

    /// How many files the processes must be allowed to open that make the network: never fewer than the sandbox.
    public int openFiles(int ofSandbox) {
        return Math.max(ofSandbox, Math.min(CARRIER_FILES, mostFiles()));
    }

    /// What this process may hand on: the second number of the line.
    private static int mostFiles() {
        try (var lines = Files.lines(Path.of("/proc/self/limits"), UTF_8)) {
            return lines.filter(line -> line.startsWith("Max open files"))
                    .map(line -> line.replaceAll("\\D+", " ").strip().split(" "))
                    .filter(numbers -> numbers.length == 2 && numbers[1].length() < 10)
                    .mapToInt(numbers -> Integer.parseInt(numbers[1]))
                    .findFirst()
                    .orElse(0);
        } catch (IOException | UncheckedIOException e) {
            return 0;
        }
    }

    /// What functions must find as `/etc/resolv.conf`.
    public Path resolver() {
        return resolver;
    }

    /// The command line that makes the network and then becomes that command in it.
    ///
    /// @param place the sandbox's own
    public List<String> around(Place place, Becoming becoming, List<String> command) throws IOException {
        return around(place, Path.of("/dev/null"), becoming, command);
    }

    private List<String> around(Place place, Path log, Becoming becoming, List<String> command) throws IOException {
        Path folder = place.folder();
        var files = new NetworkScript.Files(folder.resolve("network-end"), folder.resolve("network-ready"), log);
        Posix.makePipe(files.end());
        Posix.makePipe(files.ready());
        List<String> enter =
                makesDevice ? List.of(unshare.toString(), "--mount", "--propagation", "private") : List.of();
        String rules = NetworkRules.text(api, denied, NetworkRules.ownAddresses());
        var words = new ArrayList<>(NetworkScript.outside(files, enter, becoming.ofCarrier(), slirp));
        words.addAll(becoming.ofSandbox());
        words.addAll(NetworkScript.inside(unshare, ip, rules, place.openFiles()));
        words.addAll(command);
        return words;
    }

    private void tryOut(Path shared, Becoming trial) throws IOException {
        Path folder = Files.createDirectory(shared.resolve("network-trial"));
        Path report = folder.resolve("report");
        try {
            List<String> words =
                    around(new Place(folder, TRIAL_FILES), report, trial, List.of("/bin/sh", "-c", "exit 42"));
            var builder = new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true);
            builder.environment().clear();
            Process process = builder.redirectOutput(ProcessBuilder.Redirect.appendTo(
                            Files.writeString(report, "").toFile()))
                    .start();
            process.getOutputStream().close();
            boolean hasEnded = process.waitFor(TRIAL_SECONDS, TimeUnit.SECONDS);
            process.destroyForcibly();
            if (!hasEnded || process.exitValue() != 42) {
                throw new IOException("sandbox.process.network=filtered does not work here (%s)%s"
                        .formatted(Files.readString(report, UTF_8).strip().replace('\n', ' '), OTHERWISE));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            for (String name : List.of("report", "network-end", "network-ready", "")) {
                Files.deleteIfExists(folder.resolve(name));
            }
        }
    }

    private static boolean isOpenToAll(Path device) {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(device);
            return permissions.containsAll(Set.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE));
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /// This machine's, with the one name server that sandboxes see.
    private static String resolverText() {
        String server = "nameserver " + VirtualNetwork.NAMES + "\n";
        try (var lines = Files.lines(Path.of("/etc/resolv.conf"), UTF_8)) {
            return lines.filter(line -> line.startsWith("search ") || line.startsWith("options "))
                    .map(line -> line + "\n")
                    .collect(Collectors.joining("", "", server));
        } catch (IOException | UncheckedIOException e) {
            return server;
        }
    }
}

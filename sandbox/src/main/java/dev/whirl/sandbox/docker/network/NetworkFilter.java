package dev.whirl.sandbox.docker.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/// Rules in this machine's packet filter for what comes from the bridge of the containers. Written once, when the
/// server starts; where they can't be written nothing runs.
public final class NetworkFilter implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 20;

    /// What who connects is told, at once: not to be let in is another thing than nobody being there.
    private static final String REASON = "icmp-admin-prohibited";

    /// Never reached: link-local addresses, where clouds keep the secrets of their machines, and what takes their place
    /// at Alibaba, Azure and Oracle.
    private static final List<String> NEVER =
            List.of("169.254.0.0/16", "100.100.100.200/32", "168.63.129.16/32", "192.0.0.192/32");

    private final Path iptables;
    private final Rules rules;

    /// @param device the bridge
    /// @param denied networks that are not reached either
    /// @param apiPort of this machine, which is reached
    /// @param nameServers that are asked for names wherever they are
    public record Rules(String device, List<String> denied, List<String> nameServers, OptionalInt apiPort) {
        public Rules {
            denied = List.copyOf(denied);
            nameServers = List.copyOf(nameServers);
        }

        private String forwarded() {
            return "WHIRL-F-" + device;
        }

        private String received() {
            return "WHIRL-I-" + device;
        }

        /// What is written, one command each.
        List<List<String>> commands() {
            var all = new ArrayList<List<String>>();
            all.add(List.of("-N", forwarded()));
            for (String server : nameServers) {
                for (String protocol : List.of("udp", "tcp")) {
                    all.add(List.of("-A", forwarded(), "-d", server, "-p", protocol, "--dport", "53", "-j", "RETURN"));
                }
            }
            for (String network : NEVER) {
                all.add(List.of("-A", forwarded(), "-d", network, "-j", "REJECT", "--reject-with", REASON));
            }
            for (String network : denied) {
                all.add(List.of("-A", forwarded(), "-d", network, "-j", "REJECT", "--reject-with", REASON));
            }
            all.add(List.of("-I", "DOCKER-USER", "-i", device, "-j", forwarded()));
            all.add(List.of("-N", received()));
            all.add(List.of("-A", received(), "-m", "conntrack", "--ctstate", "ESTABLISHED,RELATED", "-j", "ACCEPT"));
            apiPort.ifPresent(port ->
                    all.add(List.of("-A", received(), "-p", "tcp", "--dport", Integer.toString(port), "-j", "ACCEPT")));
            all.add(List.of("-A", received(), "-j", "REJECT", "--reject-with", REASON));
            all.add(List.of("-I", "INPUT", "-i", device, "-j", received()));
            return all;
        }

        /// What takes them away, whichever of them are there.
        List<List<String>> removal() {
            return List.of(
                    List.of("-D", "DOCKER-USER", "-i", device, "-j", forwarded()),
                    List.of("-D", "INPUT", "-i", device, "-j", received()),
                    List.of("-F", forwarded()),
                    List.of("-X", forwarded()),
                    List.of("-F", received()),
                    List.of("-X", received()));
        }
    }

    private NetworkFilter(Path iptables, Rules rules) {
        this.iptables = iptables;
        this.rules = rules;
    }

    /// Writes the rules, after those that an earlier server left are gone.
    ///
    /// @throws IOException with one sentence that says what to do, if that can't be done here
    public static NetworkFilter write(Rules rules) throws IOException, InterruptedException {
        Path program = program()
                .orElseThrow(() -> new IOException(
                        "sandbox.docker.network=filtered needs iptables on the engine's machine. Install it,"
                                + " or choose open or none."));
        var filter = new NetworkFilter(program, rules);
        filter.close();
        for (List<String> command : rules.commands()) {
            String complaint = filter.run(command);
            if (!complaint.isEmpty()) {
                filter.close();
                throw new IOException(
                        ("sandbox.docker.network=filtered: iptables %s said: %s. It needs root and an engine"
                                        + " on this machine; choose open or none, or run this server as root.")
                                .formatted(String.join(" ", command), complaint));
            }
        }
        return filter;
    }

    /// The name servers of this machine that are others' machines.
    public static List<String> nameServers() {
        try {
            return Files.readAllLines(Path.of("/etc/resolv.conf")).stream()
                    .map(line -> line.strip().split("\\s+"))
                    .filter(words -> words.length > 1 && words[0].equals("nameserver"))
                    .map(words -> words[1])
                    .filter(each -> each.matches("[0-9.]+") && !each.startsWith("127.") && !each.startsWith("169.254."))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /// Takes the rules away.
    @Override
    public void close() {
        for (List<String> command : rules.removal()) {
            try {
                run(command);
            } catch (IOException e) {
                return; // it was tried; without the bridge they match nothing
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static Optional<Path> program() {
        return List.of("/usr/sbin/iptables", "/sbin/iptables", "/usr/bin/iptables").stream()
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// @return its complaint; empty if it has none
    private String run(List<String> arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(iptables.toString(), "-w", "10"));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
        String said = new String(process.getInputStream().readNBytes(2_000), java.nio.charset.StandardCharsets.UTF_8);
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return "nothing in %d s".formatted(PATIENCE_SECONDS);
        }
        return process.exitValue() == 0 ? "" : said.strip().lines().findFirst().orElse("no reason");
    }
}

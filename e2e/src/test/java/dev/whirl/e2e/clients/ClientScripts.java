package dev.whirl.e2e.clients;

import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Repository;
import dev.whirl.e2e.support.WhirlServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The checks in `e2e/src/test/clients`, as the guest of one server.
final class ClientScripts {
    private static final Path SOURCE = Repository.root().resolve("e2e/src/test/clients");
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final Path folder = NpmPackages.installed(SOURCE, "clients");
    private final Map<String, String> environment = new HashMap<>();

    ClientScripts(WhirlServer server) {
        environment.put("__OW_API_HOST", server.address().toString());
        environment.put("__OW_API_KEY", Api.GUEST_KEY);
        environment.put("WSK_CONFIG_FILE", "/dev/null");
    }

    ClientScripts with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    void check(String file, String name) {
        new Script(folder, List.of("node", "run.js", file, name), environment).run(DEADLINE);
    }
}

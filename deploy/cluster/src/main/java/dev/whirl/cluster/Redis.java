package dev.whirl.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Redis, which keeps the APIs of the gateways.
record Redis(Blueprint blueprint, Path program, String password) {
    private static final List<String> PLACES = List.of("/usr/bin/redis-server", "/usr/local/bin/redis-server");

    /// Redis on this machine, if it is installed.
    static Optional<Path> installed() {
        return Programs.firstOf(PLACES);
    }

    Member start(Launcher launcher) {
        Path file = blueprint.folder().resolve("redis.conf");
        OwnFile.write(file, configuration(OwnFile.folder(blueprint.folder().resolve("redis"))));
        String address = "127.0.0.1:" + blueprint.redisPort();
        return launcher.start("redis", "redis", address, List.of(program.toString(), file.toString()), Map.of());
    }

    /// With the password.
    String url() {
        return "redis://:%s@127.0.0.1:%d/0".formatted(password, blueprint.redisPort());
    }

    private String configuration(Path data) {
        return """
                bind 127.0.0.1
                port %d
                requirepass %s
                dir %s
                save ""
                appendonly yes
                """.formatted(blueprint.redisPort(), password, data);
    }
}

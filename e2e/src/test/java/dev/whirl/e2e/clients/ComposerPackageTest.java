package dev.whirl.e2e.clients;

import dev.whirl.e2e.support.Folders;
import dev.whirl.e2e.support.Repository;
import dev.whirl.e2e.support.ServerCommand;
import dev.whirl.e2e.support.ServerOptions;
import dev.whirl.e2e.support.WhirlServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The npm package `openwhisk-composer`: compositions that it makes run as conductors. The server is one whose
/// functions
/// find the packages of `runtimes/nodejs/package.json`, whether or not the build could install them.
class ComposerPackageTest {
    private static RedisServer redis;
    private static WhirlServer server;
    private static ClientScripts scripts;

    @BeforeAll
    static void start() throws IOException {
        redis = new RedisServer();
        server = WhirlServer.start(ServerOptions.DEFAULT.with(
                "sandbox.process.runtimes", runtimesWithPackages().toString()));
        scripts = new ClientScripts(server).with("REDIS_URI", redis.uri());
    }

    @AfterAll
    static void stop() {
        server.close();
        redis.close();
    }

    /// The distribution's runtimes, with the packages that functions may expect.
    private static Path runtimesWithPackages() throws IOException {
        Path runtimes = Repository.root().resolve("e2e/target/runtimes");
        Path packages = NpmPackages.installed(Repository.root().resolve("runtimes/nodejs"), "nodejs-packages");
        if (Files.exists(runtimes)) {
            Folders.deleteRecursively(runtimes);
        }
        Folders.copyRecursively(ServerCommand.distribution().resolve("lib/runtimes"), runtimes);
        Path modules = runtimes.resolve("nodejs/node_modules");
        if (!Files.exists(modules)) {
            Folders.copyRecursively(packages.resolve("node_modules"), modules);
        }
        return runtimes;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sequence",
                "choice",
                "loops",
                "handlers",
                "retry",
                "values",
                "nested",
                "inlineActions",
                "detached",
                "map",
                "parallel",
                "mapWithoutRedis"
            })
    @Tag("R-137")
    @Tag("R-181")
    @Tag("R-182")
    @Tag("R-183")
    void compositionsOfTheNpmPackageRunUnchanged(String check) {
        scripts.check("composer.js", check);
    }
}

package dev.whirl.e2e.clients;

import dev.whirl.e2e.support.SharedServer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The npm package `openwhisk`: each of its resources but the routes of the gateway.
class OpenwhiskPackageTest {
    private static ClientScripts scripts;

    @BeforeAll
    static void install() {
        scripts = new ClientScripts(SharedServer.get());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "actions",
                "archives",
                "failingActions",
                "sequences",
                "packages",
                "triggersAndRules",
                "activations",
                "namespaces",
                "feeds",
                "otherNames",
                "wrongKeys"
            })
    @Tag("R-23")
    @Tag("R-26")
    @Tag("R-32")
    @Tag("R-100")
    @Tag("R-110")
    @Tag("R-120")
    void theNpmPackageOpenwhiskWorksUnchanged(String check) {
        scripts.check("openwhisk.js", check);
    }
}

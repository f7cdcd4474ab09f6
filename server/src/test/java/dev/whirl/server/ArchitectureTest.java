package dev.whirl.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import org.junit.jupiter.api.Test;

/// The direction of dependencies, as ARCHITECTURE.md draws it.
class ArchitectureTest {
    private static final String[] ADAPTERS = {
        "dev.whirl.store.embedded..",
        "dev.whirl.store.couchdb..",
        "dev.whirl.store.memory..",
        "dev.whirl.bus.memory..",
        "dev.whirl.bus.kafka..",
        "dev.whirl.sandbox.process..",
        "dev.whirl.sandbox.docker..",
        "dev.whirl.sandbox.kubernetes..",
        "dev.whirl.gateway.store.file..",
        "dev.whirl.gateway.store.redis..",
        "dev.whirl.feeds.kafka..",
        "dev.whirl.feeds.couch..",
        "dev.whirl.feeds.files.."
    };

    private static final JavaClasses CLASSES = MainClasses.ALL;

    @Test
    void modulesSeeOnlyWhatIsBelowThem() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("common")
                .definedBy("dev.whirl.common..")
                .layer("model")
                .definedBy("dev.whirl.model..")
                .layer("store")
                .definedBy("dev.whirl.store..")
                .layer("bus")
                .definedBy("dev.whirl.bus..")
                .layer("sandbox")
                .definedBy("dev.whirl.sandbox..")
                .layer("controller")
                .definedBy("dev.whirl.controller..")
                .layer("invoker")
                .definedBy("dev.whirl.invoker..")
                .layer("gateway")
                .definedBy("dev.whirl.gateway..")
                .layer("client")
                .definedBy("dev.whirl.client..")
                .layer("feeds")
                .definedBy("dev.whirl.feeds..")
                .layer("server")
                .definedBy("dev.whirl.server..")
                .whereLayer("server")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("controller")
                .mayOnlyBeAccessedByLayers("server")
                .whereLayer("invoker")
                .mayOnlyBeAccessedByLayers("server")
                .whereLayer("gateway")
                .mayOnlyBeAccessedByLayers("server")
                .whereLayer("feeds")
                .mayOnlyBeAccessedByLayers("server")
                .whereLayer("client")
                .mayOnlyBeAccessedByLayers("feeds", "server")
                .whereLayer("sandbox")
                .mayOnlyBeAccessedByLayers("invoker", "server")
                .whereLayer("bus")
                .mayOnlyBeAccessedByLayers("controller", "invoker", "server")
                .whereLayer("store")
                .mayOnlyBeAccessedByLayers("controller", "invoker", "feeds", "server")
                .whereLayer("model")
                .mayOnlyBeAccessedByLayers(
                        "store", "bus", "sandbox", "controller", "invoker", "gateway", "client", "feeds", "server")
                .check(CLASSES);
    }

    @Test
    void onlyTheServerImportsAnAdapter() {
        for (String adapter : ADAPTERS) {
            noClasses()
                    .that()
                    .resideOutsideOfPackages(adapter, "dev.whirl.server..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(adapter)
                    .check(CLASSES);
        }
    }

    @Test
    void packagesOfAHalfDoNotGoInCircles() {
        slices().matching("dev.whirl.controller.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
        slices().matching("dev.whirl.invoker.(*)..").should().beFreeOfCycles().check(CLASSES);
        slices().matching("dev.whirl.gateway.(*)..").should().beFreeOfCycles().check(CLASSES);
        slices().matching("dev.whirl.feeds.(*)..").should().beFreeOfCycles().check(CLASSES);
        slices().matching("dev.whirl.sandbox.process.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
        slices().matching("dev.whirl.sandbox.kubernetes.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }
}

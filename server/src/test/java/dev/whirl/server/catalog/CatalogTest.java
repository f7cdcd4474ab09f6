package dev.whirl.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.model.entity.Action;
import dev.whirl.model.entity.ActionLimits;
import dev.whirl.model.entity.ActionPackage;
import dev.whirl.model.entity.Annotations;
import dev.whirl.model.entity.CodeRef;
import dev.whirl.model.entity.Collection;
import dev.whirl.model.entity.Entity;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.Exec;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.entity.Parameter;
import dev.whirl.model.entity.Parameters;
import dev.whirl.model.entity.Version;
import dev.whirl.model.json.RawJson;
import dev.whirl.store.ConflictException;
import dev.whirl.store.Entities;
import dev.whirl.store.memory.MemoryStores;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogTest {
    private static final Path BROUGHT_ALONG = Path.of("../catalog");
    private static final NamespaceName SYSTEM = new NamespaceName("whisk.system");
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-28T00:00:00Z"));
    private static final String ONE_ACTION =
            "packages: {p: {public: true, inputs: {key: {value: 7}}, actions: {a: {function: a.js, runtime: \"nodejs:20\"}}}}";
    private static final String TWO_ACTIONS = "packages: {p: {public: true, actions: {"
            + "a: {function: a.js, runtime: \"nodejs:20\"}, b: {function: a.js, runtime: \"nodejs:20\"}}}}";

    private static final String WITH_INPUTS = "packages: {p: {public: true, inputs: {key: {value: \"\"},"
            + " untouched: {value: \"%s\"}, %s}, actions: {a: {function: a.js, runtime: \"nodejs:20\"}}}}";

    private final MemoryStores stores = new MemoryStores();
    private final List<String> told = new ArrayList<>();

    @TempDir
    private Path folder;

    @Test
    @Tag("C-1")
    @Tag("C-10")
    @Tag("C-11")
    @Tag("C-12")
    @Tag("C-13")
    void theCatalogThatIsBroughtAlongHasAllPackagesForEverybodyToRead() {
        install(BROUGHT_ALONG, false);

        var query = Entities.Query.publicPackages(SYSTEM, 0, 100);
        assertThat(stores.entities().list(query).stream()
                        .map(each -> each.id().name().value()))
                .contains("utils", "samples", "slack", "github", "websocket", "http")
                .contains("alarms", "webhooks", "messaging", "couchdb", "cloudant", "files", "smtp");
        assertThat(names("alarms")).containsExactlyInAnyOrder("alarm", "interval", "once");
        assertThat(names("messaging"))
                .containsExactlyInAnyOrder("kafkaFeed", "messageHubFeed", "kafkaProduce", "messageHubProduce");
        assertThat(names("cloudant")).hasSize(27).isEqualTo(names("couchdb"));
        assertThat(names("samples"))
                .contains("greeting", "wordCount", "wordcountBinary", "countdown", "curl", "httpGet", "trigger");
        assertThat(action("github", "webhook").annotations().isTruthy("feed")).isTrue();
    }

    @Test
    void whatIsThereInThisVersionIsNotWrittenAgain() {
        assertThat(install(BROUGHT_ALONG, false)).isNotEmpty();
        told.clear();

        assertThat(install(BROUGHT_ALONG, false)).isEmpty();
        assertThat(told).allMatch(each -> each.contains("left out")); // where nobody ran npm
    }

    @Test
    void aPackageWhoseCodeChangedIsRenewedAndKeepsCountingVersions() throws IOException {
        write("function main() { return {n: 1}; }");
        install(folder, false);
        write("function main() { return {n: 2}; }");
        install(folder, false);

        assertThat(action("p", "a").version()).isEqualTo(new Version(0, 0, 2));
        assertThat(code("p", "a")).contains("n: 2");
        assertThat(stores.entities().find(id("p")).orElseThrow().entity().version())
                .isEqualTo(new Version(0, 0, 2));
    }

    @Test
    void aNewerCatalogRenewsActionsThatAreBoundAndLeavesTheBindingAsItIs() throws IOException {
        write("function main() { return {n: 1}; }");
        install(folder, false);
        var binding = new ActionPackage(
                EntityId.of(new NamespaceName("guest"), new EntityName("mine")),
                id("p"),
                new Parameters(List.of(Parameter.of("key", RawJson.number(9)))),
                Version.FIRST,
                false,
                Annotations.NONE,
                CLOCK.instant());
        put(binding);

        write("function main() { return {n: 2}; }");
        install(folder, false);

        assertThat(code("p", "a")).contains("n: 2");
        assertThat(stores.entities().find(binding.id()).orElseThrow().entity()).isEqualTo(binding);
    }

    @Test
    void whatAnOperatorHasSetOfAPackageOutlivesANewerCatalog() throws IOException {
        write("function main() { return {n: 1}; }");
        Files.writeString(folder.resolve("p/manifest.yaml"), WITH_INPUTS.formatted("old", "gone: {value: 1}"));
        install(folder, false);
        change(
                (ActionPackage) entity(id("p")),
                Map.of("key", RawJson.string("mine"), "extra", RawJson.number(5)),
                false);
        limit("a", Duration.ofMinutes(2));
        told.clear();

        write("function main() { return {n: 2}; }");
        Files.writeString(folder.resolve("p/manifest.yaml"), WITH_INPUTS.formatted("new", "fresh: {value: 2}"));
        install(folder, false);
        install(folder, true);

        var after = (ActionPackage) entity(id("p"));
        assertThat(after.parameters().list())
                .containsExactlyInAnyOrder(
                        Parameter.of("key", RawJson.string("mine")),
                        Parameter.of("untouched", RawJson.string("new")),
                        Parameter.of("fresh", RawJson.number(2)),
                        Parameter.of("extra", RawJson.number(5)));
        assertThat(after.isPublic()).isFalse();
        assertThat(code("p", "a")).contains("n: 2");
        assertThat(action("p", "a").limits().timeout()).isEqualTo(Duration.ofMinutes(2));
        assertThat(told).contains("whisk.system/p: parameters kept as they were set: key, extra");
    }

    /// As an operator does it.
    private void change(ActionPackage before, Map<String, RawJson> parameters, boolean isPublic) {
        List<Parameter> changed = parameters.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.reverseOrder()))
                .map(each -> Parameter.of(each.getKey(), each.getValue()))
                .toList();
        replace(new ActionPackage(
                before.id(),
                null,
                before.parameters().overriddenBy(new Parameters(changed)),
                before.version().nextPatch(),
                isPublic,
                before.annotations(),
                CLOCK.instant()));
    }

    private void limit(String name, Duration timeout) {
        Action before = action("p", name);
        replace(new Action(
                before.id(),
                before.exec(),
                before.parameters(),
                new ActionLimits(
                        timeout,
                        before.limits().memory(),
                        before.limits().logs(),
                        before.limits().concurrency(),
                        before.limits().instances()),
                before.version().nextPatch(),
                before.annotations(),
                CLOCK.instant()));
    }

    private void replace(Entity entity) {
        try {
            stores.entities()
                    .put(
                            entity,
                            stores.entities().find(entity.id()).orElseThrow().revision());
        } catch (ConflictException e) {
            throw new AssertionError(e);
        }
    }

    private Entity entity(EntityId id) {
        return stores.entities().find(id).orElseThrow().entity();
    }

    @Test
    void anActionOfAFolderIsAnArchiveThatIsTheSameEachTime() throws IOException {
        write("unused");
        Path source = Files.createDirectories(folder.resolve("p/client/node_modules/lib"));
        Files.writeString(source.resolve("index.js"), "exports.n = 1;");
        Files.writeString(source.resolve("index.d.ts"), "");
        Files.createDirectories(folder.resolve("p/client/node_modules/.bin"));
        Files.writeString(folder.resolve("p/client/node_modules/.bin/tool"), "");
        Files.writeString(folder.resolve("p/client/package-lock.json"), "{}");
        Files.writeString(folder.resolve("p/client/index.js"), "exports.main = () => require('lib');");
        Files.writeString(folder.resolve("p/manifest.yaml"), ONE_ACTION.replace("a.js", "client"));

        assertThat(install(folder, false)).hasSize(2);
        assertThat(install(folder, false)).isEmpty();

        CodeRef code = action("p", "a").exec().codeRef().orElseThrow();
        assertThat(code.isBinary()).isTrue();
        assertThat(entries(stores.code().get(code)))
                .containsExactly("index.js", "node_modules/lib/index.js", "package-lock.json");
        Files.writeString(source.resolve("index.js"), "exports.n = 2;");
        assertThat(install(folder, false)).hasSize(2);
    }

    @Test
    void aPackageWithoutItsLibrariesIsLeftOutAndSaysWhatToDo() throws IOException {
        write("unused");
        Path client = Files.createDirectories(folder.resolve("p/client"));
        Files.writeString(client.resolve("package-lock.json"), "{}");
        Files.writeString(folder.resolve("p/manifest.yaml"), ONE_ACTION.replace("a.js", "client"));

        assertThat(install(folder, false)).isEmpty();

        assertThat(told)
                .containsExactly(
                        "whisk.system/p: left out, because its libraries are not installed: run npm ci in " + client);
    }

    private static List<String> entries(byte[] archive) throws IOException {
        var names = new ArrayList<String>();
        try (var zip =
                new ZipInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(archive)))) {
            for (ZipEntry each = zip.getNextEntry(); each != null; each = zip.getNextEntry()) {
                names.add(each.getName());
            }
        }
        return names;
    }

    @Test
    void whatAnEarlierVersionHadInstalledAndThisOneHasNotIsRemovedAndNothingElse() throws IOException {
        write("function main() { return {}; }");
        String action = "%s: {function: a.js, runtime: \"nodejs:20\"}";
        String manifest = "packages: {p: {public: true, actions: {%s}}}";
        Path file = folder.resolve("p/manifest.yaml");
        Files.writeString(file, manifest.formatted(action.formatted("a") + ", " + action.formatted("old")));
        install(folder, false);
        Action installed = action("p", "a");
        put(new Action(
                id("p").member(new EntityName("mine")),
                installed.exec(),
                Parameters.NONE,
                installed.limits(),
                Version.FIRST,
                Annotations.NONE,
                CLOCK.instant()));

        Files.writeString(file, manifest.formatted(action.formatted("a")));
        List<EntityId> written = install(folder, false);

        assertThat(names("p")).containsExactlyInAnyOrder("a", "mine");
        assertThat(written).contains(id("p").member(new EntityName("old")));
        Files.writeString(file, manifest.formatted(action.formatted("b")));
        install(folder, true);
        assertThat(names("p")).containsExactlyInAnyOrder("b", "mine");
    }

    @Test
    void whatTheOperatorPutInPlaceOfAnInstalledActionIsNeitherOverwrittenNorRemoved() throws IOException {
        write("function main() { return {n: 1}; }");
        Files.writeString(folder.resolve("p/manifest.yaml"), TWO_ACTIONS);
        install(folder, false);
        for (String name : List.of("a", "b")) {
            replaceCode(name, "function main() { return {own: true}; }");
        }
        told.clear();

        write("function main() { return {n: 2}; }");
        install(folder, false);

        assertThat(code("p", "a")).contains("own: true");
        assertThat(code("p", "b")).contains("own: true");
        assertThat(told)
                .contains(
                        "whisk.system/p/a: left alone, because its code is not from the catalog",
                        "whisk.system/p/b: left alone, because its code is not from the catalog");
        write("function main() { return {n: 3}; }");
        install(folder, true);
        assertThat(code("p", "a")).contains("n: 3");
        assertThat(code("p", "b")).contains("own: true");
    }

    @Test
    void anActionOfTheOperatorsIsNotOverwrittenByANewOneOfTheSameName() throws IOException {
        write("function main() { return {n: 1}; }");
        install(folder, false);
        Action installed = action("p", "a");
        put(new Action(
                id("p").member(new EntityName("b")),
                new Exec.Code("nodejs:20", stores.code().put("own".getBytes(StandardCharsets.UTF_8), false), null),
                Parameters.NONE,
                installed.limits(),
                Version.FIRST,
                installed.annotations(), // as one has that was copied
                CLOCK.instant()));

        Files.writeString(folder.resolve("p/manifest.yaml"), TWO_ACTIONS);
        told.clear();
        install(folder, false);

        assertThat(code("p", "b")).isEqualTo("own");
        assertThat(told).contains("whisk.system/p/b: left alone, because its code is not from the catalog");
        write("function main() { return {n: 2}; }");
        install(folder, false);
        assertThat(code("p", "b")).isEqualTo("own");
        assertThat(code("p", "a")).contains("n: 2");
    }

    /// As an update does that brings code alone: annotations stay.
    private void replaceCode(String name, String text) {
        Action before = action("p", name);
        var code = stores.code().put(text.getBytes(StandardCharsets.UTF_8), false);
        replace(new Action(
                before.id(),
                new Exec.Code("nodejs:20", code, null),
                before.parameters(),
                before.limits(),
                before.version().nextPatch(),
                before.annotations(),
                CLOCK.instant()));
    }

    @Test
    void aPackageThatSomebodyMadeByHandIsLeftAloneUnlessForced() throws IOException {
        write("function main() { return {}; }");
        var byHand = new ActionPackage(
                id("p"), null, Parameters.NONE, Version.FIRST, false, Annotations.NONE, CLOCK.instant());
        put(byHand);

        assertThat(install(folder, false)).isEmpty();
        assertThat(told).containsExactly("whisk.system/p: left alone, because it was not installed from a catalog");
        assertThat(stores.entities().find(id("p")).orElseThrow().entity()).isEqualTo(byHand);

        assertThat(install(folder, true)).hasSize(2);
        assertThat(stores.entities().find(id("p")).orElseThrow().entity().isPublic())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "packages: [                                                            | is no YAML",
                "package: {}                                                            | unknown key 'package'",
                "packages: {a: {public: true}, b: {public: true}}                       | must describe one package",
                "packages: {p: {actions: {}}}                                           | public: true",
                "packages: {p: {public: true, actions: {a: {runtime: x}}}}              | 'function' must be a text",
                "packages: {p: {public: true, actions: {a: {function: no.js, runtime: x}}}} | no.js can't be read",
                "packages: {p: {public: true, actions: {a: {function: ../../x, runtime: x}}}} | leads out of the catalog",
                "packages: {p: {public: true, actions: {a: {kind: x}}}}                 | unknown key 'kind'"
            })
    void aManifestThatIsWrongIsRefusedByNameAndPlace(String manifest, String problem) throws IOException {
        Files.createDirectories(folder.resolve("p"));
        Files.writeString(folder.resolve("p/manifest.yaml"), manifest);

        assertThatThrownBy(() -> CatalogReader.read(folder, told::add))
                .isInstanceOf(CatalogException.class)
                .hasMessageContaining("manifest.yaml")
                .hasMessageContaining(problem);
        assertThat(stores.entities().namespaces()).isEmpty();
    }

    @Test
    void aServerStartsWithoutACatalogToo() {
        Catalog.installAtStart(new CatalogConfig(true, folder.resolve("nowhere")), stores);
        Catalog.installAtStart(new CatalogConfig(false, BROUGHT_ALONG), stores);

        assertThat(stores.entities().namespaces()).isEmpty();
    }

    private List<EntityId> install(Path from, boolean isForced) {
        return Catalog.install(
                CatalogReader.read(from, told::add),
                new CatalogInstaller(stores, CLOCK, isForced),
                told::add,
                told::add);
    }

    private void write(String code) throws IOException {
        Files.createDirectories(folder.resolve("p"));
        Files.writeString(folder.resolve("p/manifest.yaml"), ONE_ACTION);
        Files.writeString(folder.resolve("p/a.js"), code);
    }

    private void put(Entity entity) {
        try {
            stores.entities().put(entity, null);
        } catch (ConflictException e) {
            throw new AssertionError(e);
        }
    }

    private static EntityId id(String name) {
        return EntityId.of(SYSTEM, new EntityName(name));
    }

    private List<String> names(String pkg) {
        var query = new Entities.Query(SYSTEM, Collection.ACTIONS, new EntityName(pkg), 0, 100);
        return stores.entities().list(query).stream()
                .map(each -> each.id().name().value())
                .toList();
    }

    private Action action(String pkg, String name) {
        EntityId member = id(pkg).member(new EntityName(name));
        return (Action) stores.entities().find(member).orElseThrow().entity();
    }

    private String code(String pkg, String name) {
        return new String(stores.code().get(action(pkg, name).exec().codeRef().orElseThrow()), StandardCharsets.UTF_8);
    }
}

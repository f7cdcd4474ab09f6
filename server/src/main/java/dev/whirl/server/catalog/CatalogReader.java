package dev.whirl.server.catalog;

import dev.whirl.model.entity.Annotations;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.Parameter;
import dev.whirl.model.entity.Parameters;
import dev.whirl.model.json.RawJson;
import dev.whirl.server.catalog.CatalogPackage.CatalogAction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads a folder that has a folder for each package, with a `manifest.yaml` of which `wsk project deploy` understands
/// all, and the sources that it names: files, and folders that are packed with the libraries in them.
public final class CatalogReader {
    private static final String MANIFEST = "manifest.yaml";
    private static final Set<String> PACKAGE = Set.of("public", "inputs", "annotations", "actions");
    private static final Set<String> ACTION = Set.of("function", "runtime", "annotations");
    private static final int DIGEST_DIGITS = 16;
    private static final Path LIBRARIES = Path.of("node_modules");

    /// Programs of libraries, what npm noted, types, and maps to sources that are not there: nothing that runs.
    private static final Pattern NOT_CODE = Pattern.compile("(.*/)?(\\.|@types/).*|.*\\.(d\\.[cm]?ts|map)");

    private final Path root;
    private final Consumer<String> leftOut;
    private final Map<Path, ActionCode> archives = new HashMap<>();

    private CatalogReader(Path root, Consumer<String> leftOut) {
        this.root = root;
        this.leftOut = leftOut;
    }

    /// @param leftOut is told of packages that are not complete, and what to do
    /// @return all others, by name
    /// @throws CatalogException if something there can't be read
    public static List<CatalogPackage> read(Path folder, Consumer<String> leftOut) {
        var reader = new CatalogReader(folder.toAbsolutePath().normalize(), leftOut);
        try (Stream<Path> folders = Files.list(folder)) {
            return folders.map(each -> each.resolve(MANIFEST))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .flatMap(each -> reader.one(each).stream())
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new CatalogException("The catalog %s can't be read: %s".formatted(folder, e.getMessage()), e);
        }
    }

    private Optional<CatalogPackage> one(Path file) {
        Map<String, Manifest> packages =
                Manifest.read(file).only(Set.of("packages")).section("packages").sections();
        if (packages.size() != 1) {
            throw new CatalogException(file + " must describe one package.");
        }
        Map.Entry<String, Manifest> only = packages.entrySet().iterator().next();
        Manifest described = only.getValue().only(PACKAGE);
        if (!described.flag("public")) {
            throw described.error("a package of the catalog is public: true");
        }
        Optional<Path> incomplete =
                folders(file, described).filter(CatalogReader::lacksLibraries).findFirst();
        if (incomplete.isPresent()) {
            leftOut.accept("whisk.system/%s: left out, because its libraries are not installed: run npm ci in %s"
                    .formatted(only.getKey(), incomplete.get()));
            return Optional.empty();
        }
        Parameters inputs = inputs(described.section("inputs"));
        var annotations = new Annotations(described.section("annotations").json());
        List<CatalogAction> actions = described.section("actions").sections().entrySet().stream()
                .map(each -> action(file, each.getKey(), each.getValue().only(ACTION)))
                .toList();
        return Optional.of(new CatalogPackage(
                name(only.getKey(), described),
                inputs,
                annotations,
                actions,
                digest(List.of(inputs, annotations, actions))));
    }

    /// Those that actions of a package are made of.
    private static Stream<Path> folders(Path file, Manifest described) {
        return described.section("actions").sections().values().stream()
                .map(each -> file.resolveSibling(each.only(ACTION).text("function")))
                .filter(Files::isDirectory)
                .distinct();
    }

    private static boolean lacksLibraries(Path folder) {
        return Files.exists(folder.resolve("package-lock.json")) && !Files.isDirectory(folder.resolve(LIBRARIES));
    }

    /// `NAME: {type: …, value: …}`, as the manifest grammar has them (row L-38).
    private static Parameters inputs(Manifest inputs) {
        var parameters = new ArrayList<Parameter>();
        inputs.sections().forEach((name, input) -> {
            RawJson value = input.only(Set.of("type", "value")).json().getOrDefault("value", RawJson.NULL);
            parameters.add(Parameter.of(name, value));
        });
        return new Parameters(parameters);
    }

    private CatalogAction action(Path file, String name, Manifest described) {
        Path source =
                file.resolveSibling(described.text("function")).toAbsolutePath().normalize();
        if (!source.startsWith(root)) {
            throw described.error("'function' leads out of the catalog");
        }
        try {
            return new CatalogAction(
                    name(name, described),
                    described.text("runtime"),
                    Files.isDirectory(source) ? packed(source) : new ActionCode.Source(Files.readString(source)),
                    new Annotations(described.section("annotations").json()));
        } catch (IOException e) {
            throw described.error("%s can't be read".formatted(source));
        }
    }

    /// Actions of a package share their folder.
    private ActionCode packed(Path folder) throws IOException {
        ActionCode known = archives.get(folder);
        ActionCode archive = known == null ? archive(folder) : known;
        archives.put(folder, archive);
        return archive;
    }

    private static ActionCode archive(Path folder) throws IOException {
        var files = new TreeMap<String, Path>();
        try (Stream<Path> all = Files.walk(folder)) {
            all.filter(each -> Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS))
                    .map(each -> folder.relativize(each).toString().replace('\\', '/'))
                    .filter(each -> !NOT_CODE.matcher(each).matches())
                    .forEach(each -> files.put(each, folder.resolve(each)));
        }
        return new ActionCode.Archive(files);
    }

    private static EntityName name(String text, Manifest described) {
        if (!EntityName.isLegal(text)) {
            throw described.error("'%s' can't be the name of anything".formatted(text));
        }
        return new EntityName(text);
    }

    private static String digest(Object whatCounts) {
        return ActionCode.sha256(whatCounts.toString().getBytes(StandardCharsets.UTF_8))
                .substring(0, DIGEST_DIGITS);
    }
}

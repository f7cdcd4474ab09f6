package dev.whirl.server.catalog;

import dev.whirl.model.entity.Annotations;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.Parameter;
import dev.whirl.model.entity.Parameters;
import dev.whirl.model.json.RawJson;
import dev.whirl.server.catalog.CatalogPackage.CatalogAction;
import dev.whirl.server.catalog.CatalogPackage.Code;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Reads a folder that has a folder for each package, with a `manifest.yaml` of which `wsk project deploy` understands
/// all, and the sources that it names.
public final class CatalogReader {
    private static final String MANIFEST = "manifest.yaml";
    private static final Set<String> PACKAGE = Set.of("public", "inputs", "annotations", "actions");
    private static final Set<String> ACTION = Set.of("function", "runtime", "annotations");
    private static final int DIGEST_DIGITS = 16;

    private final Path root;

    private CatalogReader(Path root) {
        this.root = root;
    }

    /// @return all packages, by name
    /// @throws CatalogException if something there can't be read
    public static List<CatalogPackage> read(Path folder) {
        var reader = new CatalogReader(folder.toAbsolutePath().normalize());
        try (Stream<Path> folders = Files.list(folder)) {
            return folders.map(each -> each.resolve(MANIFEST))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .map(reader::one)
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new CatalogException("The catalog %s can't be read: %s".formatted(folder, e.getMessage()), e);
        }
    }

    private CatalogPackage one(Path file) {
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
        Parameters inputs = inputs(described.section("inputs"));
        var annotations = new Annotations(described.section("annotations").json());
        List<CatalogAction> actions = described.section("actions").sections().entrySet().stream()
                .map(each -> action(file, each.getKey(), each.getValue().only(ACTION)))
                .toList();
        return new CatalogPackage(
                name(only.getKey(), described),
                inputs,
                annotations,
                actions,
                digest(List.of(inputs, annotations, actions)));
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
                    new Code(Files.readString(source)),
                    new Annotations(described.section("annotations").json()));
        } catch (IOException e) {
            throw described.error("%s can't be read".formatted(source));
        }
    }

    private static EntityName name(String text, Manifest described) {
        if (!EntityName.isLegal(text)) {
            throw described.error("'%s' can't be the name of anything".formatted(text));
        }
        return new EntityName(text);
    }

    private static String digest(Object whatCounts) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(whatCounts.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, DIGEST_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

package dev.whirl.cli.api;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.file.FileProblem;
import dev.whirl.cli.yaml.YamlException;
import dev.whirl.cli.yaml.YamlReader;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.MalformedJsonException;
import dev.whirl.model.json.RawJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/// A file with an OpenAPI 2.0 document, in JSON or YAML.
public final class ApiFile {
    private ApiFile() {}

    /// Reads the document.
    ///
    /// @throws CliException if it is none
    public static RawJson read(Path folder, String name) {
        RawJson document = json(folder, name);
        Map<String, RawJson> fields = document.fields();
        boolean isWhole = Stream.of("basePath", "swagger", "info", "paths").allMatch(fields::containsKey);
        if (!isWhole) {
            throw unusable("Swagger file is invalid (missing basePath, info, paths, or swagger fields)");
        }
        if (!fields.getOrDefault("basePath", RawJson.NULL).asText().orElse("").startsWith("/")) {
            throw unusable("Swagger file basePath must start with a leading slash (/)");
        }
        return document;
    }

    /// What the gateway's management is sent for a document.
    public static RawJson apiDocument(RawJson document, String namespace) {
        return new JsonWriter()
                .startObject()
                .field("namespace", namespace)
                .field("swagger", document.toString())
                .endObject()
                .toRawJson();
    }

    private static RawJson json(Path folder, String name) {
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file)) {
            throw unusable("Error reading swagger file '%s': it is not a file".formatted(name));
        }
        try {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            boolean isYaml = name.endsWith(".yaml") || name.endsWith(".yml");
            return isYaml ? YamlReader.read(text).toJson() : RawJson.parse(text);
        } catch (MalformedJsonException | YamlException e) {
            throw unusable("Error parsing swagger file '%s': %s".formatted(name, e.getMessage()));
        } catch (IOException e) {
            throw unusable("Error reading swagger file '%s': %s".formatted(name, FileProblem.of(e)));
        }
    }

    private static CliException unusable(String reason) {
        return CliException.misunderstood("Unable to parse swagger file: " + reason);
    }
}

package dev.whirl.cli.project;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.KeyValueOptions;
import dev.whirl.cli.command.Options;
import dev.whirl.cli.command.Options.Flag;
import dev.whirl.cli.command.Options.TextOption;
import dev.whirl.model.json.RawJson;
import java.nio.file.Path;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The options that the commands of a project share (rows L-22, L-42).
final class ProjectFlags {
    private final TextOption project;
    private final TextOption manifest;
    private final TextOption deployment;
    private final TextOption config;
    private final TextOption namespace;
    private final TextOption projectName;
    private final Flag strict;
    private final Flag preview;
    private final KeyValueOptions parameters;

    ProjectFlags(Options options) {
        project = options.text("FOLDER", "the project's folder (.)", "--project");
        manifest = options.text("FILE", "the manifest (manifest.yaml or .yml in the folder)", "--manifest");
        deployment =
                options.text("FILE", "the deployment file (deployment.yaml or .yml, if there is one)", "--deployment");
        config = options.text("FILE", "the properties file (~/.wskprops)", "--config");
        namespace = options.text("NAMESPACE", "the namespace to deploy to", "-n", "--namespace");
        projectName = options.text("NAME", "the project's name, for sync, export and undeploy", "--projectname");
        strict = options.flag(
                "what is doubtful is an error: unknown keys, unset variables, what other projects lose", "--strict");
        preview = options.flag("show what would be done, and do nothing", "--preview");
        parameters = KeyValueOptions.variables(options);
    }

    @Nullable
    String project() {
        return project.value();
    }

    @Nullable
    String manifest() {
        return manifest.value();
    }

    @Nullable
    String deployment() {
        return deployment.value();
    }

    @Nullable
    String config() {
        return config.value();
    }

    @Nullable
    String namespace() {
        return namespace.value();
    }

    /// @throws CliException if it is blank: what belongs to no project has no name
    @Nullable
    String projectName() {
        String name = projectName.value();
        if (name != null && name.isBlank()) {
            throw CliException.usage("--projectname needs a name that is not empty");
        }
        return name;
    }

    boolean isStrict() {
        return strict.isSet();
    }

    boolean isPreview() {
        return preview.isSet();
    }

    SequencedMap<String, RawJson> variables(Path folder) {
        return parameters.fields(folder);
    }
}

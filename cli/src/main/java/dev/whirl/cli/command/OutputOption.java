package dev.whirl.cli.command;

import dev.whirl.cli.command.Options.TextOption;
import dev.whirl.cli.output.Terminal;
import dev.whirl.cli.output.YamlText;
import dev.whirl.model.json.RawJson;
import java.util.List;
import java.util.function.Function;

/// The option `--output`: a table for people, as without it, or a bare document for programs.
public record OutputOption(TextOption option) {
    public static OutputOption of(Options options) {
        return new OutputOption(
                options.text("FORMAT", "json or yaml: only the document; table: as without it", "-o", "--output"));
    }

    /// Prints a document if one is wanted.
    ///
    /// @return false if it is to be printed for people
    public boolean printed(Terminal out, RawJson document) {
        switch (option.or("table")) {
            case "table" -> {
                return false;
            }
            case "json" -> out.json(document);
            case "yaml" -> out.text(YamlText.of(document));
            default ->
                throw CliException.usage("Invalid output format '%s'. Valid formats are json, yaml and table."
                        .formatted(option.value()));
        }
        return true;
    }

    /// Prints documents as an array if that is wanted.
    public <T> boolean printed(Terminal out, List<T> documents, Function<T, RawJson> json) {
        return printed(out, RawJson.array(documents.stream().map(json).toList()));
    }
}

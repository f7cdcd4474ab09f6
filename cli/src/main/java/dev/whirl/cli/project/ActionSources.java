package dev.whirl.cli.project;

import dev.whirl.cli.action.Artifact;
import dev.whirl.cli.action.Artifact.ExecFlags;
import dev.whirl.cli.action.KindBySuffix;
import dev.whirl.cli.command.CliException;
import dev.whirl.cli.project.fetch.Downloads;
import dev.whirl.cli.project.manifest.Manifest.ManifestAction;
import dev.whirl.cli.project.manifest.Manifest.ManifestAction.ExecHints;
import dev.whirl.cli.project.manifest.Manifest.ManifestAction.Source;
import dev.whirl.client.ActionExec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// Reads the code of actions: files, folders that are packed, code at URLs, or code in the manifest itself.
///
/// @param folder that names of files are relative to: the manifest's
/// @param downloads what was fetched from the URLs
record ActionSources(SourceFolder folder, Downloads downloads) {
    ActionExec exec(ManifestAction action) {
        ActionExec exec = read(action);
        boolean isJava = exec instanceof ActionExec.Code code && KindBySuffix.isJava(code.kind());
        if (isJava && action.hints().main() == null) {
            throw CliException.usage("a Java action needs 'main', the whole name of its class");
        }
        return exec;
    }

    private ActionExec read(ManifestAction action) {
        ExecHints hints = action.hints();
        Source source = action.source();
        String code = source.code();
        String function = source.function();
        if (code != null) {
            return Artifact.exec(new Artifact("", code), flags(hints, null));
        }
        if (function == null) {
            return Artifact.exec(null, flags(hints, null));
        }
        boolean isUrl = Downloads.isUrl(function);
        if (!isUrl && Files.isDirectory(folder.resolve(function))) {
            return packed(source, function, hints);
        }
        if (!source.include().isEmpty() || !source.exclude().isEmpty()) {
            throw CliException.usage("'include' and 'exclude' are for folders, and '%s' is none"
                    .formatted(isUrl ? Downloads.shown(function) : function));
        }
        return Artifact.exec(isUrl ? downloads.get(function) : file(function), flags(hints, null));
    }

    private Artifact file(String function) {
        Path file = folder.resolve(function);
        return Artifact.read(file, function);
    }

    private ActionExec packed(Source source, String function, ExecHints hints) {
        var archive = new FolderArchive(folder, function);
        byte[] zip = archive.pack(source.include(), source.exclude());
        var artifact = new Artifact(".zip", Base64.getEncoder().encodeToString(zip));
        return Artifact.exec(artifact, flags(hints, archive.kind().orElse(null)));
    }

    private static ExecFlags flags(ExecHints hints, @Nullable String detected) {
        boolean hasImage = hints.docker() != null || hints.isNative();
        String kind = hints.runtime() == null && !hasImage ? detected : hints.runtime();
        return new ExecFlags(kind, hints.docker(), hints.isNative(), hints.main());
    }
}

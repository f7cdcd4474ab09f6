package dev.whirl.cli.project;

import dev.whirl.cli.project.fetch.Downloads;
import dev.whirl.cli.project.manifest.Manifest.ManifestAction.Included;
import dev.whirl.cli.project.manifest.Manifest.ManifestAction.Source;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/// The files and folders that a manifest names.
final class NamedFiles {
    private NamedFiles() {}

    /// Their whole paths, whether they are there or not. Of a pattern, it is the folder that it begins in.
    static Set<Path> of(ProjectFiles files) {
        var names = new LinkedHashSet<String>();
        files.manifest()
                .packages()
                .forEach(place -> place.actions().values().forEach(action -> add(names, action.source())));
        var config = files.manifest().apiConfig();
        if (config != null) {
            names.add(config.file());
        }
        var paths = new LinkedHashSet<Path>();
        names.forEach(name -> paths.add(files.folder().resolve(name).normalize()));
        return paths;
    }

    private static void add(Set<String> names, Source source) {
        String function = source.function();
        if (function != null && !Downloads.isUrl(function)) {
            names.add(function);
        }
        for (Included each : source.include()) {
            String from = each.from();
            int star = from.indexOf('*');
            names.add(star < 0 ? from : from.substring(0, Math.max(0, from.lastIndexOf('/', star))));
        }
    }
}

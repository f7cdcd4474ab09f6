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
        var paths = new LinkedHashSet<Path>();
        names(files).forEach(name -> paths.add(place(files, name)));
        return paths;
    }

    /// Those that lie outside of the project's folder, as they are written.
    static Set<String> outside(ProjectFiles files) {
        Path folder = files.folder().normalize();
        Set<String> names = names(files);
        names.removeIf(name -> place(files, name).startsWith(folder));
        return names;
    }

    private static Set<String> names(ProjectFiles files) {
        var names = new LinkedHashSet<String>();
        files.manifest()
                .packages()
                .forEach(place -> place.actions().values().forEach(action -> add(names, action.source())));
        var config = files.manifest().apiConfig();
        if (config != null) {
            names.add(config.file());
        }
        return names;
    }

    private static void add(Set<String> names, Source source) {
        String function = source.function();
        if (function != null && !Downloads.isUrl(function)) {
            names.add(function);
        }
        source.include().stream().map(Included::from).forEach(names::add);
    }

    private static Path place(ProjectFiles files, String name) {
        int star = name.indexOf('*');
        String plain = star < 0 ? name : name.substring(0, Math.max(0, name.lastIndexOf('/', star)));
        return files.folder().resolve(plain).normalize();
    }
}

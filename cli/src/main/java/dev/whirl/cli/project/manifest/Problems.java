package dev.whirl.cli.project.manifest;

import dev.whirl.cli.yaml.YamlNode.Place;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What is wrong in a file. What could be meant well becomes a warning, unless it is to be strict;
/// what is understood and has no effect is always one.
public final class Problems {
    private final String file;
    private final boolean isStrict;
    private final Set<String> warnings = new LinkedHashSet<>();

    /// @param isStrict makes every doubt an error
    public Problems(String file, boolean isStrict) {
        this.file = file;
        this.isStrict = isStrict;
    }

    /// What cannot be used at all.
    public ManifestException error(Place place, String what) {
        return new ManifestException(where(place) + what);
    }

    /// What can be passed over.
    void doubt(Place place, String what) {
        doubt(where(place), what, what);
    }

    /// What can be put right.
    ///
    /// @param where as of [#where]
    /// @param strictly what is wrong, if it is to be strict
    void doubt(String where, String what, String strictly) {
        if (isStrict) {
            throw new ManifestException(where + strictly);
        }
        warnings.add(where + what);
    }

    /// What is understood and has no effect.
    void note(Place place, String what) {
        warnings.add(where(place) + what);
    }

    /// `manifest.yaml: line 5, column 7: `, which messages begin with.
    String where(Place place) {
        return file + ": " + place + ": ";
    }

    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    /// The file's name, for people.
    String file() {
        return file;
    }
}

package dev.whirl.cli.project.manifest;

import dev.whirl.cli.yaml.YamlNode.Place;
import java.util.ArrayList;
import java.util.List;

/// What is wrong in a file. What could be meant well becomes a warning, unless it is to be strict.
public final class Problems {
    private final String file;
    private final boolean isStrict;
    private final List<String> warnings = new ArrayList<>();

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
        if (isStrict) {
            throw error(place, what);
        }
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

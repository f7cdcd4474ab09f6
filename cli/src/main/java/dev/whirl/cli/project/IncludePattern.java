package dev.whirl.cli.project;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A pattern of files to pack, such as `shared/*.js`.
///
/// @param folder that it begins in; empty for the project's
/// @param files matches places below that folder
/// @param steps match the names on the way to a file, one by one; empty if they cannot be parted
record IncludePattern(String folder, Glob files, List<Glob> steps) {
    /// @throws java.util.regex.PatternSyntaxException if it is none
    static IncludePattern of(String pattern) {
        int slash = pattern.substring(0, pattern.indexOf('*')).lastIndexOf('/');
        String rest = pattern.substring(slash + 1);
        var steps = new ArrayList<Glob>();
        boolean areNames = !rest.contains("**") && !rest.contains("{") && !rest.contains("[") && !rest.contains("\\");
        if (areNames) {
            for (String name : rest.split("/", -1)) {
                steps.add(Glob.of(name));
            }
        }
        return new IncludePattern(slash < 0 ? "" : pattern.substring(0, slash), Glob.of(rest), List.copyOf(steps));
    }

    /// Whether a file at a place below the folder is meant.
    boolean matches(Path place) {
        return files.matches(place);
    }

    /// Whether something in a folder at a place could be meant, so that it is worth looking into.
    boolean mayMatchBelow(Path place) {
        if (steps.isEmpty()) {
            return true;
        }
        if (place.getNameCount() >= steps.size()) {
            return false;
        }
        for (int i = 0; i < place.getNameCount(); i++) {
            if (!steps.get(i).matches(place.getName(i))) {
                return false;
            }
        }
        return true;
    }
}

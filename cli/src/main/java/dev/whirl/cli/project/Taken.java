package dev.whirl.cli.project;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.Session;
import java.util.List;
import java.util.SortedMap;

/// Tells of what a deployment without marks takes from projects that a namespace is kept in step with. As with
/// OpenWhisk's, that is no reason not to deploy; if what is doubtful is to be an error, it is one.
///
/// @param isStrict whether it is to be one
record Taken(Session session, boolean isStrict) {
    /// @param namespace that is deployed to
    /// @throws CliException if something is taken and that is to be an error
    void tell(ProjectSync project, String namespace) {
        Owners owners;
        try {
            owners = new Managed(session, namespace).owners();
        } catch (CliException e) {
            session.err().warning("what belongs to which project was not looked at: " + e.getMessage());
            return;
        }
        SortedMap<String, List<String>> taken = project.takenFrom(owners);
        if (isStrict && !taken.isEmpty()) {
            String name = taken.firstKey();
            throw CliException.general(sentence(name, taken.getOrDefault(name, List.of())))
                    .withHint("Nothing was changed. Without --strict it is deployed.");
        }
        taken.forEach((name, what) -> session.err().warning(sentence(name, what)));
    }

    private static String sentence(String projectName, List<String> what) {
        return "project %s is kept in step by 'wsk project sync', and loses what 'wsk project deploy' replaces: %s"
                .formatted(projectName, String.join(", ", what));
    }
}

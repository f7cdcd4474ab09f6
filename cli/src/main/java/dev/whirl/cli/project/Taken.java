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
    static final String HOW_ALL_THE_SAME = "Nothing was changed. Without --strict it is deployed.";

    private static final String DEPLOY = "wsk project deploy";

    /// @param namespace that is deployed to
    /// @return what is on the server; empty if it could not be looked at
    /// @throws CliException if something is taken, or nobody knows, and that is to be an error
    Owners tell(ProjectSync project, String namespace) {
        Owners owners;
        try {
            owners = new Managed(session, namespace).owners();
        } catch (CliException e) {
            String sentence = "what belongs to which project was not looked at: ";
            if (isStrict) {
                throw e.within(sentence).withHint(HOW_ALL_THE_SAME);
            }
            session.err().warning(sentence + e.getMessage());
            return Owners.UNKNOWN;
        }
        SortedMap<String, List<String>> taken = project.takenFrom(owners);
        if (isStrict && !taken.isEmpty()) {
            String name = taken.firstKey();
            throw CliException.general(sentence(name, DEPLOY, taken.getOrDefault(name, List.of())))
                    .withHint(HOW_ALL_THE_SAME);
        }
        taken.forEach((name, what) -> session.err().warning(sentence(name, DEPLOY, what)));
        return owners;
    }

    /// @param command that takes it
    static String sentence(String projectName, String command, List<String> what) {
        return "project %s is kept in step by 'wsk project sync', and loses what '%s' replaces: %s"
                .formatted(projectName, command, String.join(", ", what));
    }
}

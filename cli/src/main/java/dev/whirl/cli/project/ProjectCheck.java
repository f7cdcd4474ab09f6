package dev.whirl.cli.project;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.Session;
import dev.whirl.cli.project.Questions.Found;
import dev.whirl.cli.project.manifest.Manifest.Target;
import dev.whirl.client.LimitsDocument;
import dev.whirl.client.WhirlClient;
import java.util.List;
import java.util.Optional;

/// Looks for whatever stands in the way of a deployment, as far as it can be known before anything
/// is changed. For one deployment and one thread.
final class ProjectCheck {
    private final Session session;
    private final ProjectNames names;
    private final List<ProjectPart> parts;
    private final Whereabouts whereabouts;
    private final Questions questions;
    private final Findings findings = new Findings();
    private AllowedLimits allowed = AllowedLimits.UNKNOWN;

    /// @param parts the project's own is the last
    ProjectCheck(Session session, ProjectNames names, List<ProjectPart> parts) {
        this.session = session;
        this.names = names;
        this.parts = List.copyOf(parts);
        this.whereabouts = Whereabouts.of(parts, names);
        this.questions = new Questions(session);
    }

    /// What was found so far.
    Findings findings() {
        return findings;
    }

    /// Asks the server what it allows, before anything else: that tells whether it takes the key,
    /// and for this namespace.
    ///
    /// @param target what the manifest says
    /// @return false if not; a server that does not answer takes everything
    boolean isWelcome(Target target) {
        Found<LimitsDocument> own = questions.ask(client -> client.limits(names.namespace()));
        Optional<String> keyRefusal = questions.keyRefusal();
        allowed = new AllowedLimits(
                own.value(), questions.askAside(WhirlClient::server).orElse(null));
        keyRefusal.ifPresent(reason -> findings.add(keyRefused(target, reason)));
        if (own.refusal() != null) {
            findings.add(
                    "%s: the key is not one for the namespace '%s': %s Give its key ('credential', --auth), or name another namespace ('namespace', --namespace)"
                            .formatted(file(), names.namespace(), own.refusal()));
        }
        return keyRefusal.isEmpty() && own.refusal() == null;
    }

    private CliException keyRefused(Target target, String reason) {
        if (session.settings().auth().equals(target.credential())) {
            return CliException.usage(
                    "%s: the server does not take the key in 'credential': %s. Correct it, here or in the deployment file"
                            .formatted(file(), reason));
        }
        return CliException.ofStatus(
                401,
                "the server does not take your key: %s. 'wsk property set --auth KEY' sets another one, --auth KEY gives one for this command"
                        .formatted(reason));
    }

    private String file() {
        return String.valueOf(parts.getLast().files().file().getFileName());
    }

    /// Looks at everything.
    ///
    /// @param leaving what is on the server and is taken away by the same deployment
    /// @param owners what is on the server, as far as it is known
    /// @return why not everything could be asked, if so
    /// @throws CliException with all that cannot be deployed
    Optional<CliException> look(List<Step> steps, List<EntityKey> leaving, Owners owners) {
        entities().check(steps);
        entities().checkSharing(steps, owners);
        new ServerCheck(questions, names, whereabouts, allowed, findings).check(parts, steps, leaving);
        findings.end();
        return questions.silence();
    }

    /// Looks for names that belong to something else on the server.
    ///
    /// @throws CliException with these
    void requireFreeNames(List<Step> steps, Owners owners) {
        entities().checkSharing(steps, owners);
        findings.end();
    }

    private EntityCheck entities() {
        return new EntityCheck(allowed, whereabouts, findings);
    }
}

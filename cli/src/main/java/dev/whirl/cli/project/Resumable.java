package dev.whirl.cli.project;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Session;

/// Says how to go on where a change of many things ended in the middle, by a failure or by Ctrl-C.
///
/// @param what such as `Deployment`
/// @param advice a sentence
record Resumable(Session session, String what, String advice) {
    /// @throws CliException of the changes, with the advice
    void run(Runnable changes) {
        var interrupts = session.surroundings().place().interrupts();
        try (var _ = interrupts.register(ExitCodes.INTERRUPTED, this::tellInterruption)) {
            changes.run();
        } catch (CliException e) {
            throw e.withHint("%s did not complete successfully. %s".formatted(what, advice));
        }
    }

    private void tellInterruption() {
        session.err().line("%s was interrupted. %s".formatted(what, advice));
        session.err().stream().flush();
    }
}

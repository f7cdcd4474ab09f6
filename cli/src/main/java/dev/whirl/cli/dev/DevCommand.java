package dev.whirl.cli.dev;

import dev.whirl.cli.activation.LogFollower;
import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.Command;
import dev.whirl.cli.command.CommandGroup.Verb;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Options.Flag;
import dev.whirl.cli.command.Session;
import dev.whirl.cli.file.FileProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// `wsk dev`: watches a folder until Ctrl-C.
public final class DevCommand extends Command {
    private final Flag quiet = options().flag("do not show logs", "-q", "--quiet");

    private DevCommand() {
        super(
                "[FOLDER]",
                "deploy a folder, again whenever something in it changes, and show logs, until Ctrl-C",
                "wsk dev",
                "wsk dev functions");
    }

    public static Verb verb() {
        return new Verb("dev", "deploy a folder whenever it changes, and show logs", DevCommand::new);
    }

    @Override
    public int run(Session session) throws InterruptedException {
        List<String> arguments = arguments(0, 1, "An optional folder is the only valid argument.");
        String name = arguments.isEmpty() ? "." : arguments.getFirst();
        Path folder = session.surroundings().workingFolder().resolve(name);
        if (!Files.isDirectory(folder)) {
            throw CliException.usage("'%s' is not a folder".formatted(name));
        }
        try (var project = new DevProject(session, folder);
                var watch = new FolderWatch(folder);
                var _ = session.surroundings().place().interrupts().register(ExitCodes.OK, () -> {})) {
            project.start();
            if (!quiet.isSet()) {
                var follower = LogFollower.ofAll(session, true);
                Thread.ofVirtual().start(follower::run);
            }
            if (watch.isPartial()) {
                session.err()
                        .warning("'%s' holds more folders than can be watched; changes in some are not seen"
                                .formatted(name));
            }
            session.out().line("Watching %s. Ctrl-c ends it.".formatted(name));
            session.out().stream().flush();
            while (!session.out().isClosed()) {
                if (watch.also(project.named()) || watch.awaitChange(project.patience())) {
                    project.deployChanges();
                }
                if (project.isSettleDue()) {
                    project.settle();
                }
            }
            return ExitCodes.OK;
        } catch (IOException e) {
            throw CliException.general("Unable to watch '%s': %s".formatted(name, FileProblem.of(e)));
        }
    }
}

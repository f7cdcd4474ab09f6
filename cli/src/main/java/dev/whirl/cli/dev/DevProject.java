package dev.whirl.cli.dev;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.Session;
import dev.whirl.cli.project.LiveProject;
import java.nio.file.Path;
import java.util.List;

/// A folder under development: what of it is deployed, and what changed since.
final class DevProject implements AutoCloseable {
    private final Session session;
    private final LiveProject project;

    DevProject(Session session, Path folder) {
        this.session = session;
        this.project = new LiveProject(session, folder);
    }

    /// Deploys what is not deployed as it is now. What goes wrong is told; the next change may mend it.
    void deployChanges() throws InterruptedException {
        long start = System.nanoTime();
        try {
            List<String> done = project.deployChanges();
            long millis = (System.nanoTime() - start) / 1_000_000;
            done.forEach(each -> session.out().ok("%s (%d ms)".formatted(each, millis)));
        } catch (CliException e) {
            session.err().error(String.valueOf(e.getMessage()));
            e.hints().forEach(session.err()::line);
        }
        session.out().stream().flush();
        session.err().stream().flush();
    }

    @Override
    public void close() {
        project.close();
    }
}

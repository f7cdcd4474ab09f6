package dev.whirl.cli.activation;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.Session;
import dev.whirl.cli.output.LogLines;
import dev.whirl.client.ActivationDocument;
import java.time.Duration;
import java.util.List;

/// Shows the log lines of activations as they end, each with the name of its action in front.
public final class LogFollower {
    private static final Duration INTERVAL = Duration.ofMillis(500);

    /// After a failure that may pass.
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Session session;
    private final Watched watched;
    private final boolean isStripped;

    LogFollower(Session session, Watched watched, boolean isStripped) {
        this.session = session;
        this.watched = watched;
        this.isStripped = isStripped;
    }

    /// Of everything in the namespace that the settings name.
    ///
    /// @param isStripped only the text, without time and stream
    public static LogFollower ofAll(Session session, boolean isStripped) {
        return new LogFollower(session, Watched.of(session, List.of()), isStripped);
    }

    /// Goes on until the thread is interrupted, or the server refuses.
    public void run() {
        try {
            follow();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (CliException e) {
            e.tell(session.err());
            session.err().stream().flush();
        }
    }

    /// As [#run], for a thread that is there for it. Ends when nobody reads any more.
    void follow() throws InterruptedException {
        var news = new NewActivations(session, "Unable to read logs", watched, INTERVAL);
        while (!session.out().isClosed()) {
            news.next().forEach(this::print);
            session.out().stream().flush();
            Thread.sleep(news.isFailing() ? PATIENCE : INTERVAL);
        }
    }

    private void print(ActivationDocument activation) {
        String head = session.out().bold(activation.name()) + " | ";
        activation.logs().forEach(line -> session.out().line(head + (isStripped ? LogLines.stripped(line) : line)));
        if (!activation.statusText().equals("success")
                && !activation.statusText().isEmpty()) {
            session.out().line(head + session.out().red(activation.statusText() + ": " + activation.result()));
        }
    }
}

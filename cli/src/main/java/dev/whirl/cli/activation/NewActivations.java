package dev.whirl.cli.activation;

import dev.whirl.cli.activation.ActivationNews.Question;
import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.Session;
import dev.whirl.client.ActivationDocument;
import dev.whirl.client.ActivationQuery;
import dev.whirl.client.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks again and again which activations have ended. A server that does not answer, as when it is
/// restarted, is told once and asked again. For one thread.
final class NewActivations {
    private static final Duration LONG_INTERVAL = Duration.ofSeconds(10);

    private final Session session;
    private final String failure;
    private final Watched watched;
    private final int questionsToLongOne;

    /// Null until the server has said where to begin.
    private @Nullable ActivationNews news;

    private boolean isFailing;

    /// @param failure such as `Unable to poll`
    /// @param watched what is asked for
    /// @param interval in which it is asked
    NewActivations(Session session, String failure, Watched watched, Duration interval) {
        this.session = session;
        this.failure = failure;
        this.watched = watched;
        this.questionsToLongOne = Math.toIntExact(LONG_INTERVAL.dividedBy(interval));
    }

    /// Begins at a time, not after the newest record.
    void beginAt(long millis) {
        news = new ActivationNews(millis, questionsToLongOne);
    }

    /// Whether there was no answer to the last question.
    boolean isFailing() {
        return isFailing;
    }

    /// What has ended since the last question, from old to new.
    ///
    /// @throws CliException if the server refuses
    List<ActivationDocument> next() {
        try {
            ActivationNews current = begun();
            List<ActivationDocument> fresh = current.take(all(current.next()));
            isFailing = false;
            return fresh;
        } catch (CliException e) {
            if (!e.mayPass()) {
                throw e;
            }
            if (!isFailing) {
                session.err().error(e.getMessage() + "; trying again");
                session.err().stream().flush();
            }
            isFailing = true;
            return List.of();
        }
    }

    private ActivationNews begun() {
        if (news == null) {
            news = new ActivationNews(newestMillis() + 1, questionsToLongOne);
        }
        return news;
    }

    /// The start of the newest record, by the server's clock.
    private long newestMillis() {
        return list(ActivationQuery.latest(1).asFull()).stream()
                .mapToLong(ActivationDocument::startMillis)
                .findFirst()
                .orElse(-1);
    }

    private List<ActivationDocument> all(Question question) {
        var all = new ArrayList<ActivationDocument>();
        int pages = 0;
        int size;
        do {
            var page = new Page(Page.MOST.limit(), all.size());
            List<ActivationDocument> part = list(
                    ActivationQuery.fullSince(question.sinceMillis()).on(page).withName(watched.name()));
            all.addAll(part);
            size = part.size();
            pages++;
        } while (size > 0 && pages < question.pages());
        return all;
    }

    private List<ActivationDocument> list(ActivationQuery query) {
        return session.call(failure, client -> client.activations().list(watched.namespace(), query));
    }
}

package dev.whirl.cli.activation;

import dev.whirl.cli.command.Command;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Options.NumberOption;
import dev.whirl.cli.command.Session;
import dev.whirl.client.ActivationDocument;
import dev.whirl.model.json.RawJson;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// `wsk activation poll` (rows L-10, L-27): asks every two seconds for what ended, until Ctrl-C or for some time.
final class ActivationPoll extends Command {
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private final NumberOption exit = options().number("SECONDS", "stop after SECONDS", "-e", "--exit");
    private final NumberOption sinceSeconds = since("--since-seconds", "seconds");
    private final NumberOption sinceMinutes = since("--since-minutes", "minutes");
    private final NumberOption sinceHours = since("--since-hours", "hours");
    private final NumberOption sinceDays = since("--since-days", "days");

    ActivationPoll() {
        super(
                "[/NAMESPACE | NAME]",
                "show logs of activations as they end",
                "wsk activation poll",
                "wsk activation poll hello --since-minutes 5 --exit 60");
    }

    @Override
    public int run(Session session) throws InterruptedException {
        List<String> arguments = arguments(0, 1, "An optional namespace is the only valid argument.");
        Watched watched = Watched.of(session, arguments);
        var out = session.out();
        try (var _ = session.surroundings().place().interrupts().register(ExitCodes.GENERAL, () -> {
            out.line("Poll terminated");
            out.stream().flush();
        })) {
            out.line("Enter Ctrl-c to exit.");
            var news = new NewActivations(session, "Unable to poll", watched, INTERVAL);
            if (!back().isZero()) {
                news.beginAt(now(session).minus(back()).toEpochMilli());
            }
            List<ActivationDocument> first = news.next(); // what begins after the next line is shown
            out.line("Polling for activation logs");
            poll(session, news, first);
        }
        return ExitCodes.OK;
    }

    private void poll(Session session, NewActivations news, List<ActivationDocument> first)
            throws InterruptedException {
        Long seconds = exit.value();
        Instant end =
                seconds == null || seconds <= 0 ? Instant.MAX : now(session).plusSeconds(seconds);
        List<ActivationDocument> fresh = first;
        while (!session.out().isClosed()) {
            fresh.forEach(each -> print(session, each));
            session.out().stream().flush();
            Duration left = end.equals(Instant.MAX) ? INTERVAL : Duration.between(now(session), end);
            if (!left.isPositive()) {
                return;
            }
            Thread.sleep(left.compareTo(INTERVAL) < 0 ? left : INTERVAL);
            fresh = news.next();
        }
    }

    private static void print(Session session, ActivationDocument activation) {
        session.out().line("");
        session.out().line("Activation: '%s' (%s)".formatted(activation.name(), activation.id()));
        session.out().json(activation.fields().getOrDefault("logs", RawJson.EMPTY_ARRAY));
    }

    /// How far the options reach back; zero for after the latest activation.
    private Duration back() {
        return Duration.ofSeconds(sinceSeconds.or(0))
                .plusMinutes(sinceMinutes.or(0))
                .plusHours(sinceHours.or(0))
                .plusDays(sinceDays.or(0));
    }

    private static Instant now(Session session) {
        return session.surroundings().place().clock().instant();
    }

    private NumberOption since(String name, String unit) {
        return options().number("N", "also what started in the last N " + unit, name);
    }
}

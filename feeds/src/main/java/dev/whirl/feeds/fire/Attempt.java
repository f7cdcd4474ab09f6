package dev.whirl.feeds.fire;

import dev.whirl.feeds.feed.FeedStatus.Reason;
import java.time.Duration;

/// What follows from an attempt to fire (row F-9). Pure.
public sealed interface Attempt {
    /// It is done.
    record Done() implements Attempt {}

    /// Another attempt may help.
    ///
    /// @param mayHaveFired whether this one may have been carried out all the same
    record Again(Duration pause, boolean mayHaveFired, String reason) implements Attempt {}

    /// No attempt will help: the feed is stopped.
    record Stop(Reason reason) implements Attempt {}

    /// The longest pause.
    Duration LONGEST = Duration.ofMinutes(1);

    /// @param number of this attempt, from 1
    static Attempt after(FireOutcome outcome, int number) {
        return switch (outcome) {
            case FireOutcome.Fired _ -> new Done();
            case FireOutcome.Unreachable(String reason, boolean maySurelyRepeat) ->
                new Again(pause(number), !maySurelyRepeat, reason);
            case FireOutcome.Refused(int status, String sentence)
            when mayHelp(status) -> new Again(pause(number), status == 408 || status >= 500, status + " " + sentence);
            case FireOutcome.Refused(int status, String sentence) ->
                new Stop(new Reason(
                        "AUTO",
                        status,
                        "Automatically disabled after receiving a %d status code when firing the trigger: %.200s"
                                .formatted(status, sentence)));
        };
    }

    private static boolean mayHelp(int status) {
        return status == 408 || status == 409 || status == 429 || status >= 500;
    }

    /// A second, four, nine, and so on.
    private static Duration pause(int number) {
        Duration square = Duration.ofSeconds((long) number * number);
        return number > 60 || square.compareTo(LONGEST) > 0 ? LONGEST : square;
    }
}

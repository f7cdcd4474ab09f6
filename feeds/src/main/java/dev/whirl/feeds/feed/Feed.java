package dev.whirl.feeds.feed;

import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// Where the events of a trigger come from.
public sealed interface Feed {
    /// Fires at times that are known beforehand.
    sealed interface Timed extends Feed {}

    /// Fires at the times of a line (row F-4).
    ///
    /// @param isStrict whether it fires exactly then; else a little later, to spread the load
    record Alarm(Cron cron, ZoneId zone, Window window, boolean isStrict) implements Timed {}

    /// Fires every so many minutes (row F-5).
    ///
    /// @param start of the first firing
    /// @param stop nothing fires after it; null for no end
    record Interval(int minutes, Instant start, @Nullable Instant stop) implements Timed {}

    /// Fires once (row F-6).
    record Once(Instant date, AfterFiring afterFiring) implements Timed {}

    /// Fires when somebody posts to the trigger's address and signs it.
    record Webhook(Sender sender, Signing signing) implements Feed {}

    /// When an alarm may fire; null for no bound. Both ends are inside.
    record Window(@Nullable Instant start, @Nullable Instant stop) {}

    /// What becomes of the trigger of an alarm that fired its only time.
    enum AfterFiring {
        KEEP,
        DELETE_TRIGGER,
        /// With the rules that tie it to actions.
        DELETE_TRIGGER_AND_RULES
    }
}

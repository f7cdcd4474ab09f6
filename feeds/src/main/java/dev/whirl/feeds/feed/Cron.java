package dev.whirl.feeds.feed;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Times as a line of five fields says them (minute, hour, day of the month, month, day of the week), or of six with
/// seconds before them (row F-4).
///
/// A field is a list of `*`, numbers, ranges `a-b`, each with a step `/n` if wanted; months and days of the week may be
/// names of three letters; Sunday is 0 or 7. Where both sorts of days are restricted, a day needs to be in one of them,
/// as in Unix.
///
/// When clocks change, lines whose hour is `*` follow the time that passes. Those with given hours fire once a day:
/// what falls into the hour that is left out fires at its end, and of an hour that comes twice only the first counts.
///
/// @param text as it was given
public record Cron(String text, CronField second, CronField minute, CronField hour, Days days, boolean hasGivenHours) {
    private static final int UNIX_FIELDS = 5;
    private static final int FIELDS_WITH_SECONDS = 6;

    /// 29 February does not come more rarely, even around years such as 2100.
    private static final int MOST_YEARS = 9;

    /// Which days.
    ///
    /// @param isEither whether being in one of the two sorts is enough
    record Days(CronField ofMonth, CronField month, CronField ofWeek, boolean isEither) {
        boolean has(LocalDate day) {
            boolean inMonth = ofMonth.has(day.getDayOfMonth());
            boolean inWeek = ofWeek.has(day.getDayOfWeek().getValue() % 7);
            return isEither ? inMonth || inWeek : inMonth && inWeek;
        }
    }

    /// @return empty if it is no such line
    public static Optional<Cron> parse(String text) {
        String[] words = text.strip().toLowerCase(Locale.ROOT).split("\\s+");
        if (words.length != UNIX_FIELDS && words.length != FIELDS_WITH_SECONDS) {
            return Optional.empty();
        }
        int first = words.length - UNIX_FIELDS;
        try {
            CronField second = first == 0 ? CronField.only(0) : CronField.parse(words[0], CronField.Sort.SECOND);
            var days = new Days(
                    CronField.parse(words[first + 2], CronField.Sort.DAY_OF_MONTH),
                    CronField.parse(words[first + 3], CronField.Sort.MONTH),
                    CronField.parse(words[first + 4], CronField.Sort.DAY_OF_WEEK),
                    isRestricted(words[first + 2]) && isRestricted(words[first + 4]));
            return Optional.of(new Cron(
                    text.strip(),
                    second,
                    CronField.parse(words[first], CronField.Sort.MINUTE),
                    CronField.parse(words[first + 1], CronField.Sort.HOUR),
                    days,
                    isRestricted(words[first + 1])));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isRestricted(String word) {
        return !word.startsWith("*");
    }

    public boolean hasSeconds() {
        return text.split("\\s+").length == FIELDS_WITH_SECONDS;
    }

    /// The first time after another; empty if there never is one.
    public Optional<Instant> next(Instant after, ZoneId zone) {
        ZoneRules rules = zone.getRules();
        Instant from = after.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        ZoneOffsetTransition here = rules.previousTransition(from.plusNanos(1));
        if (here != null && here.getInstant().equals(from) && isLeftOut(here)) {
            return Optional.of(from);
        }
        int lastYear = from.atZone(zone).getYear() + MOST_YEARS;
        while (true) {
            ZoneOffset offset = rules.getOffset(from);
            Optional<LocalDateTime> local = nextLocal(begin(rules, from, offset), lastYear);
            Optional<Instant> found = local.map(each -> each.toInstant(offset));
            ZoneOffsetTransition change = rules.nextTransition(from);
            if (change == null
                    || found.filter(each -> each.isBefore(change.getInstant())).isPresent()) {
                return found;
            }
            if (change.getDateTimeAfter().getYear() > lastYear) {
                return Optional.empty();
            }
            if (isLeftOut(change)) {
                return Optional.of(change.getInstant());
            }
            from = change.getInstant();
        }
    }

    /// Where to look from: behind an hour that has come before, for those that must not see it twice.
    private LocalDateTime begin(ZoneRules rules, Instant from, ZoneOffset offset) {
        LocalDateTime local = LocalDateTime.ofInstant(from, offset);
        ZoneOffsetTransition last = hasGivenHours ? rules.previousTransition(from.plusNanos(1)) : null;
        if (last != null && last.isOverlap() && local.isBefore(last.getDateTimeBefore())) {
            return last.getDateTimeBefore();
        }
        return local;
    }

    private boolean isLeftOut(ZoneOffsetTransition change) {
        return hasGivenHours
                && change.isGap()
                && nextLocal(
                                change.getDateTimeBefore(),
                                change.getDateTimeAfter().getYear())
                        .filter(each -> each.isBefore(change.getDateTimeAfter()))
                        .isPresent();
    }

    private Optional<LocalDateTime> nextLocal(LocalDateTime from, int lastYear) {
        LocalDate day = from.toLocalDate();
        LocalTime time = from.toLocalTime();
        while (day.getYear() <= lastYear) {
            if (!days.month().has(day.getMonthValue())) {
                day = YearMonth.from(day).plusMonths(1).atDay(1);
                time = LocalTime.MIDNIGHT;
                continue;
            }
            LocalTime found = days.has(day) ? nextTime(time) : null;
            if (found != null) {
                return Optional.of(day.atTime(found));
            }
            day = day.plusDays(1);
            time = LocalTime.MIDNIGHT;
        }
        return Optional.empty();
    }

    /// The first time of a day that is not before another; null if there is none.
    private @Nullable LocalTime nextTime(LocalTime from) {
        for (int h = hour.next(from.getHour()); h >= 0; h = hour.next(h + 1)) {
            boolean isFirstHour = h == from.getHour();
            for (int m = minute.next(isFirstHour ? from.getMinute() : 0); m >= 0; m = minute.next(m + 1)) {
                int s = second.next(isFirstHour && m == from.getMinute() ? from.getSecond() : 0);
                if (s >= 0) {
                    return LocalTime.of(h, m, s);
                }
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return text;
    }
}

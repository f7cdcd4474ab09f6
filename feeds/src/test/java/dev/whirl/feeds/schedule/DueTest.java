package dev.whirl.feeds.schedule;

import static dev.whirl.feeds.Examples.NOON;
import static dev.whirl.feeds.Examples.feed;
import static dev.whirl.feeds.Examples.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.feeds.feed.Feed;
import dev.whirl.feeds.feed.FeedKind;
import dev.whirl.feeds.feed.FeedTrigger;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DueTest {
    private static final Lateness LATENESS = new Lateness(Duration.ofMinutes(1), Duration.ofDays(1), Duration.ZERO);

    @Test
    @Tag("F-4")
    void anAlarmWaitsForItsTimeAndFiresThen() {
        FeedTrigger alarm = alarm("'cron': '*/5 * * * *'");
        TimedPosition start = start(alarm);

        assertThat(decide(alarm, start, NOON.plusSeconds(1))).isEqualTo(new Due.Wait(minutes(5)));
        assertThat(decide(alarm, start, minutes(5))).isEqualTo(fire(minutes(5)));
        assertThat(decide(alarm, start.after(new Occurrence(minutes(5), null)), minutes(5)))
                .isEqualTo(new Due.Wait(minutes(10)));
    }

    @Test
    @Tag("F-4")
    void aFiringThatIsALittleLateIsMadeAsUsual() {
        FeedTrigger alarm = alarm("'cron': '*/5 * * * *'");

        assertThat(decide(alarm, start(alarm), minutes(6))).isEqualTo(fire(minutes(5)));
    }

    @Test
    void whatWasMissedIsSkippedIfNobodySaysOtherwise() {
        FeedTrigger alarm = alarm("'cron': '*/5 * * * *'");

        assertThat(decide(alarm, start(alarm), minutes(22))).isEqualTo(new Due.Wait(minutes(25)));
        assertThat(decide(alarm, start(alarm), minutes(20).plusSeconds(30))).isEqualTo(fire(minutes(20)));
    }

    @Test
    void oneFiringStandsForAllThatWereMissed() {
        FeedTrigger alarm = alarm("'cron': '*/5 * * * *', 'missed': 'once'");

        assertThat(decide(alarm, start(alarm), minutes(22)))
                .isEqualTo(new Due.Fire(new Occurrence(minutes(20), minutes(5))));
        assertThat(decide(alarm, start(alarm), minutes(8))).isEqualTo(fire(minutes(5)));
    }

    @Test
    void eachOfThoseThatWereMissedIsMadeUpForInTheirOrder() {
        FeedTrigger alarm = alarm("'cron': '*/5 * * * *', 'missed': 'all'");
        TimedPosition start = start(alarm);

        assertThat(decide(alarm, start, minutes(22))).isEqualTo(fire(minutes(5)));
        assertThat(decide(alarm, start.after(new Occurrence(minutes(5), null)), minutes(22)))
                .isEqualTo(fire(minutes(10)));
    }

    @Test
    void whatWasMissedTooLongAgoIsForgotten() {
        FeedTrigger all = alarm("'cron': '0 * * * *', 'missed': 'all'");
        Instant threeDaysLater = NOON.plus(Duration.ofDays(3)).plusSeconds(90);

        assertThat(decide(all, start(all), threeDaysLater)).isEqualTo(fire(NOON.plus(Duration.ofHours(49))));
    }

    @Test
    void aYearOfMissedSecondsIsMergedAtOnce() {
        FeedTrigger alarm = alarm("'cron': '* * * * * *', 'missed': 'once'");
        var patient = new Lateness(Duration.ofMinutes(1), Duration.ofDays(1000), Duration.ZERO);
        Instant later = NOON.plus(Duration.ofDays(366));

        assertThat(Due.decide(alarm, timed(alarm), start(alarm), later, patient))
                .isEqualTo(new Due.Fire(new Occurrence(later, NOON.plusSeconds(1))));
    }

    @Test
    void whatMayHaveBeenFiredComesFirst() {
        FeedTrigger alarm = alarm("'cron': '*/5 * * * *'");
        var open = new Occurrence(minutes(5), null);

        assertThat(decide(alarm, start(alarm).before(open), minutes(500))).isEqualTo(new Due.Fire(open));
    }

    @Test
    @Tag("F-4")
    void alarmsThatAreNotStrictFireLaterByAlwaysTheSame() {
        var spread = new Lateness(Duration.ofMinutes(1), Duration.ofDays(1), Duration.ofSeconds(10));
        FeedTrigger loose = alarm("'cron': '*/5 * * * *'");
        FeedTrigger strict = alarm("'cron': '*/5 * * * *', 'strict': true");
        FeedTrigger seconds = alarm("'cron': '0 */5 * * * *'");

        Due later = Due.decide(loose, timed(loose), start(loose), NOON, spread);
        assertThat(later)
                .isInstanceOfSatisfying(
                        Due.Wait.class,
                        wait -> assertThat(wait.until())
                                .isBetween(minutes(5), minutes(5).plusSeconds(9)));
        assertThat(Due.decide(loose, timed(loose), start(loose), ((Due.Wait) later).until(), spread))
                .isEqualTo(fire(minutes(5)));
        assertThat(Due.decide(strict, timed(strict), start(strict), NOON, spread))
                .isEqualTo(new Due.Wait(minutes(5)));
        assertThat(Due.decide(seconds, timed(seconds), start(seconds), NOON, spread))
                .isEqualTo(new Due.Wait(minutes(5)));
    }

    @Test
    @Tag("F-4")
    void nothingFiresOutsideOfTheWindow() {
        FeedTrigger alarm = alarm(
                "'cron': '*/5 * * * *', 'startDate': '2026-11-28T13:00:00Z'," + " 'stopDate': '2026-11-28T13:05:00Z'");
        TimedPosition start = start(alarm);

        assertThat(decide(alarm, start, NOON)).isEqualTo(new Due.Wait(minutes(60)));
        assertThat(decide(alarm, start.skippedTo(minutes(60)), minutes(60))).isEqualTo(new Due.Wait(minutes(65)));
        assertThat(decide(alarm, start.skippedTo(minutes(65)), minutes(65))).isInstanceOf(Due.Over.class);
    }

    @Test
    @Tag("F-5")
    void anIntervalKeepsItsBeat() {
        FeedTrigger interval = feed("t", FeedKind.INTERVAL, "{'minutes': 7}", NOON);
        TimedPosition start = start(interval);
        Instant first = NOON.plusSeconds(30);

        assertThat(decide(interval, start, NOON)).isEqualTo(new Due.Wait(first));
        assertThat(decide(interval, start.after(new Occurrence(first, null)), first.plusSeconds(9)))
                .isEqualTo(new Due.Wait(first.plus(Duration.ofMinutes(7))));
        assertThat(decide(interval, start, first.plus(Duration.ofMinutes(70)).plusSeconds(5)))
                .isEqualTo(fire(first.plus(Duration.ofMinutes(70))));
    }

    @Test
    @Tag("F-6")
    void anAlarmFiresOnceAndIsMadeUpForIfItWasMissed() {
        FeedTrigger once = feed("t", FeedKind.ONCE, "{'date': '2026-11-28T13:00:00Z'}", NOON);
        TimedPosition start = start(once);

        assertThat(decide(once, start, NOON)).isEqualTo(new Due.Wait(minutes(60)));
        assertThat(decide(once, start, minutes(600))).isEqualTo(fire(minutes(60)));
        assertThat(decide(once, start.after(new Occurrence(minutes(60), null)), minutes(601)))
                .isInstanceOf(Due.Over.class);
    }

    @Test
    @Tag("F-4")
    void aFeedEndsAfterItsLastFiring() {
        FeedTrigger alarm = alarm("'cron': '*/5 * * * *', 'maxTriggers': 1");

        assertThat(decide(alarm, start(alarm).after(new Occurrence(minutes(5), null)), minutes(10)))
                .isInstanceOf(Due.Over.class);
    }

    @Test
    void aClockThatWasAheadSilencesNoAlarm() {
        FeedTrigger alarm = alarm("'cron': '*/5 * * * *'");
        TimedPosition ahead = start(alarm).after(new Occurrence(NOON.plus(Duration.ofDays(365)), null));
        TimedPosition almost = start(alarm).after(new Occurrence(NOON.plusSeconds(59), null));

        assertThat(decide(alarm, ahead.takenBackTo(NOON), NOON)).isEqualTo(new Due.Wait(minutes(5)));
        assertThat(decide(alarm, ahead.takenBackTo(NOON), minutes(5))).isEqualTo(fire(minutes(5)));
        assertThat(almost.takenBackTo(NOON)).isEqualTo(almost);
    }

    @Test
    void aPositionIsReadAsItWasWrittenAndThatOfAnotherKindOfFeedIsNone() {
        TimedPosition position = start(alarm("'cron': '* * * * *'")).before(new Occurrence(NOON, NOON.minusSeconds(1)));

        assertThat(PositionDocuments.read(PositionDocuments.write(position))).contains(position);
        assertThat(PositionDocuments.read(json("{'generation':'first','settled':'12-g1AAAA','fired':3}")))
                .isEmpty();
    }

    @Test
    void whatWasFiredBeforeAChangeWasSeenIsNotFiredAgainAsIfItWereNew() {
        FeedTrigger changed = alarm("'cron': '* * * * *'");
        var former = new TimedPosition("former", NOON.minusSeconds(60), null, 9);
        var minute = new Occurrence(minutes(1), null);

        assertThat(first(changed, former)).isEqualTo(start(changed));
        assertThat(first(changed, former.after(minute))).isEqualTo(new TimedPosition("first", minutes(1), null, 0));
        assertThat(first(changed, former.before(minute)))
                .isEqualTo(start(changed).before(minute));
        assertThat(first(changed, former.after(new Occurrence(NOON.plusSeconds(30), null))))
                .as("no time of the feed as it is now")
                .isEqualTo(start(changed));
    }

    private static TimedPosition first(FeedTrigger trigger, TimedPosition former) {
        return TimedPosition.first(trigger.generation(), timed(trigger), trigger.since(), former);
    }

    private static Due decide(FeedTrigger trigger, TimedPosition position, Instant now) {
        return Due.decide(trigger, timed(trigger), position, now, LATENESS);
    }

    private static Feed.Timed timed(FeedTrigger trigger) {
        return (Feed.Timed) trigger.feed();
    }

    private static FeedTrigger alarm(String parameters) {
        return feed("t", FeedKind.ALARM, "{" + parameters + "}", NOON);
    }

    private static TimedPosition start(FeedTrigger trigger) {
        return new TimedPosition(trigger.generation(), trigger.since(), null, 0);
    }

    private static Due fire(Instant scheduled) {
        return new Due.Fire(new Occurrence(scheduled, null));
    }

    private static Instant minutes(int minutes) {
        return NOON.plus(Duration.ofMinutes(minutes));
    }
}

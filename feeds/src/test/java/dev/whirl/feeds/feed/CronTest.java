package dev.whirl.feeds.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("F-4")
class CronTest {
    private static final ZoneId VIENNA = ZoneId.of("Europe/Vienna");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    * * * * *            | 2026-11-28T10:00:00Z | 2026-11-28T10:01:00Z
                    */15 * * * *         | 2026-11-28T10:46:00Z | 2026-11-28T11:00:00Z
                    0 8-10/2 * * *       | 2026-11-28T08:00:00Z | 2026-11-28T10:00:00Z
                    5,1 0 * * *          | 2026-11-28T00:01:00Z | 2026-11-28T00:05:00Z
                    */10 * * * * *       | 2026-11-28T23:59:55Z | 2026-11-29T00:00:00Z
                    59 59 23 31 12 *     | 2026-11-28T00:00:00Z | 2026-12-31T23:59:59Z
                    0 0 29 2 *           | 2026-11-28T00:00:00Z | 2028-02-29T00:00:00Z
                    0 0 29 2 *           | 2096-03-01T00:00:00Z | 2104-02-29T00:00:00Z
                    0 0 31 * *           | 2026-11-28T00:00:00Z | 2026-12-31T00:00:00Z
                    0 12 * * 7           | 2026-11-28T00:00:00Z | 2026-11-29T12:00:00Z
                    0 12 * * sun         | 2026-11-28T00:00:00Z | 2026-11-29T12:00:00Z
                    0 12 * * MON-FRI     | 2026-11-28T00:00:00Z | 2026-11-30T12:00:00Z
                    0 0 * jan,jul *      | 2026-11-28T00:00:00Z | 2027-01-01T00:00:00Z
                    0 0 13 * 5           | 2026-11-28T00:00:00Z | 2026-12-04T00:00:00Z
                    0 0 */13 * 5         | 2026-11-28T00:00:00Z | 2027-01-01T00:00:00Z
                    3/20 * * * *         | 2026-11-28T10:00:30Z | 2026-11-28T10:03:00Z
                    """)
    void theNextTimeIsAsTheLineSays(String line, Instant after, Instant next) {
        assertThat(cron(line).next(after, ZoneOffset.UTC)).contains(next);
    }

    /// Clocks in Vienna go from 02:00 to 03:00 on 28 March 2027 (01:00 UTC).
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    30 2 * * *    | 2027-03-27T12:00:00Z | 2027-03-28T01:00:00Z | 2027-03-29T00:30:00Z
                    30 2 * * *    | 2027-03-28T00:59:59Z | 2027-03-28T01:00:00Z | 2027-03-29T00:30:00Z
                    30 2 * * *    | 2027-03-28T00:59:59.999999999Z | 2027-03-28T01:00:00Z | 2027-03-29T00:30:00Z
                    30 4 * * *    | 2027-03-28T00:59:59Z | 2027-03-28T02:30:00Z | 2027-03-29T02:30:00Z
                    0 3 * * *     | 2027-03-27T12:00:00Z | 2027-03-28T01:00:00Z | 2027-03-29T01:00:00Z
                    30 1 * * *    | 2027-03-27T12:00:00Z | 2027-03-28T00:30:00Z | 2027-03-28T23:30:00Z
                    30 * * * *    | 2027-03-28T00:00:00Z | 2027-03-28T00:30:00Z | 2027-03-28T01:30:00Z
                    0 */2 * * *   | 2027-03-27T23:00:00Z | 2027-03-28T02:00:00Z | 2027-03-28T04:00:00Z
                    """)
    void anHourThatIsLeftOutIsMadeUpForByGivenHoursOnly(String line, Instant after, Instant first, Instant second) {
        assertThat(cron(line).next(after, VIENNA)).contains(first);
        assertThat(cron(line).next(first, VIENNA)).contains(second);
    }

    /// Clocks in Vienna go from 03:00 back to 02:00 on 31 October 2027 (01:00 UTC).
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    30 2 * * *    | 2027-10-30T12:00:00Z | 2027-10-31T00:30:00Z | 2027-11-01T01:30:00Z
                    0 3 * * *     | 2027-10-30T12:00:00Z | 2027-10-31T02:00:00Z | 2027-11-01T02:00:00Z
                    30 * * * *    | 2027-10-31T00:00:00Z | 2027-10-31T00:30:00Z | 2027-10-31T01:30:00Z
                    0,30 2 * * *  | 2027-10-31T00:10:00Z | 2027-10-31T00:30:00Z | 2027-11-01T01:00:00Z
                    """)
    void anHourThatComesTwiceCountsOnceForGivenHours(String line, Instant after, Instant first, Instant second) {
        assertThat(cron(line).next(after, VIENNA)).contains(first);
        assertThat(cron(line).next(first, VIENNA)).contains(second);
    }

    @Test
    void aSearchThatBeginsInTheRepeatedHourDoesNotFindItAgain() {
        Instant secondHalfPastTwo = Instant.parse("2027-10-31T01:10:00Z");

        assertThat(cron("30 2 * * *").next(secondHalfPastTwo, VIENNA)).contains(Instant.parse("2027-11-01T01:30:00Z"));
    }

    @Test
    void zonesThatChangeByHalfAnHourWorkToo() {
        ZoneId lordHowe =
                ZoneId.of("Australia/Lord_Howe"); // 02:00 to 02:30 on 3 October 2027, 15:30 UTC the day before

        assertThat(cron("15 2 * * *").next(Instant.parse("2027-10-02T12:00:00Z"), lordHowe))
                .contains(Instant.parse("2027-10-02T15:30:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 0 30 2 *", "0 0 31 4,6,9,11 *", "0 0 31 feb *"})
    @Tag("F-8")
    void aLineThatNeverFiresIsFoundOutSoon(String line) {
        long begin = System.nanoTime();
        Optional<Instant> next = cron(line).next(Instant.parse("2026-11-28T00:00:00Z"), VIENNA);

        assertThat(next).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "* * * *",
                "* * * * * * *",
                "60 * * * *",
                "* 24 * * *",
                "* * 0 * *",
                "* * 32 * *",
                "* * * 13 *",
                "* * * 0 *",
                "* * * * 8",
                "5-1 * * * *",
                "*/0 * * * *",
                "1/2/3 * * * *",
                "1-2-3 * * * *",
                ", * * * *",
                "1, * * * *",
                "a * * * *",
                "-1 * * * *",
                "* * * mon *",
                "* * * * jan",
                "0x1 * * * *",
                "* * L * *",
                "99999999999 * * * *",
                "*/99999 * * * *"
            })
    @Tag("F-8")
    void whatIsNoLineIsRefused(String line) {
        assertThat(Cron.parse(line)).isEmpty();
    }

    /// Another implementation says the same of lines that both understand alike: in UTC, with days restricted in one
    /// way only.
    @Test
    void twoImplementationsAgreeAboutRandomLines() {
        var parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
        var random = new Random(20_261_128);
        for (int i = 0; i < 300; i++) {
            String line = randomLine(random);
            Instant after = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(random.nextInt(100_000_000));
            ZonedDateTime from = after.atZone(ZoneOffset.UTC);
            Optional<Instant> theirs = ExecutionTime.forCron(parser.parse(line))
                    .nextExecution(from)
                    .map(each -> each.toInstant().truncatedTo(ChronoUnit.SECONDS));

            assertThat(cron(line).next(after, ZoneOffset.UTC))
                    .as("%s after %s", line, after)
                    .isEqualTo(theirs);
        }
    }

    private static String randomLine(Random random) {
        boolean byWeek = random.nextBoolean();
        return String.join(
                " ",
                field(random, 0, 59),
                field(random, 0, 23),
                byWeek ? "*" : field(random, 1, 28),
                field(random, 1, 12),
                byWeek ? field(random, 0, 6) : "*");
    }

    private static String field(Random random, int min, int max) {
        int a = min + random.nextInt(max - min + 1);
        int b = min + random.nextInt(max - min + 1);
        List<String> forms = Arrays.asList(
                "*",
                Integer.toString(a),
                Math.min(a, b) + "-" + Math.max(a, b),
                "*/" + (1 + random.nextInt(max - min)),
                Stream.of(a, b)
                        .sorted()
                        .distinct()
                        .map(String::valueOf)
                        .reduce((x, y) -> x + "," + y)
                        .orElseThrow());
        return forms.get(random.nextInt(forms.size()));
    }

    private static Cron cron(String line) {
        return Cron.parse(line).orElseThrow();
    }
}

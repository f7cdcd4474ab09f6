package dev.whirl.feeds.feed;

import static dev.whirl.feeds.Examples.NOON;
import static dev.whirl.feeds.Examples.feed;
import static dev.whirl.feeds.Examples.fields;
import static dev.whirl.feeds.Examples.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedReaderTest {
    private final FeedReader reader = new FeedReader(true);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    alarm    | {}                                        | alarms trigger feed is missing the cron parameter
                    alarm    | {'cron': ''}                              | alarms trigger feed is missing the cron parameter
                    alarm    | {'cron': 'x'}                             | cron pattern 'x' is not valid
                    alarm    | {'cron': '* * * * *', 'timezone': 'Mars/Olympus'} | timezone 'Mars/Olympus' is not known
                    alarm    | {'cron': '* * * * *', 'strict': 'maybe'}  | the strict parameter must be true or false
                    alarm    | {'cron': '* * * * *', 'stopDate': 'soon'} | the stopDate parameter 'soon' is no date: write 2026-12-31T23:59:00Z, or milliseconds since 1970
                    interval | {}                                        | interval trigger feed is missing the minutes parameter
                    interval | {'minutes': 'two'}                        | the minutes parameter must be an integer
                    interval | {'minutes': 1.5}                          | the minutes parameter must be an integer
                    interval | {'minutes': 0}                            | the minutes parameter must be an integer greater than zero
                    interval | {'minutes': '-3'}                         | the minutes parameter must be an integer greater than zero
                    once     | {}                                        | alarms once trigger feed is missing the date parameter
                    once     | {'date': 1, 'deleteAfterFire': 'yes'}     | deleteAfterFire parameter must be one of [false, true, rules].
                    """)
    @Tag("F-8")
    void whatIsWrongIsTold(String kind, String parameters, String sentence) {
        FeedKind known = FeedKind.find(kind).orElseThrow();

        assertThatThrownBy(() -> reader.feed(known, fields(parameters), NOON))
                .isInstanceOfSatisfying(
                        InvalidFeedException.class, e -> assertThat(e.status()).isEqualTo(400))
                .hasMessage(sentence);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    {'trigger_payload': [1]}  | the trigger_payload parameter must be a JSON object
                    {'trigger_payload': 'x'}  | the trigger_payload parameter must be a JSON object
                    {'missed': 'perhaps'}     | missed parameter must be one of [skip, once, all].
                    {'maxTriggers': 'many'}   | the maxTriggers parameter must be an integer
                    """)
    @Tag("F-8")
    void whatIsWrongWithTheDeliveryIsToldToo(String parameters, String sentence) {
        assertThatThrownBy(() -> reader.delivery(FeedKind.ALARM, fields(parameters)))
                .hasMessage(sentence);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    kafkaFeed      | {'brokers': ['b:1']}               | You must supply a 'topic' parameter.
                    kafkaFeed      | {'topic': 't'}                     | You must supply a 'brokers' parameter.
                    kafkaFeed      | {'topic': 't', 'brokers': []}      | You must supply a 'brokers' parameter.
                    kafkaFeed      | {'topic': 't', 'brokers': 'b'}     | 'b' is not of the form host:port.
                    kafkaFeed      | {'topic': 'a b', 'brokers': 'b:1'} | 'a b' is no name of a topic.
                    kafkaFeed      | {'topic': 't', 'brokers': 'b:1', 'isJSONData': true, 'isBinaryValue': true} | isJSONData and isBinaryValue cannot both be enabled.
                    messageHubFeed | {'topic': 't', 'brokers': 'b:1'}   | You must supply a 'kafka_brokers_sasl' parameter.
                    messageHubFeed | {'topic': 't', 'kafka_brokers_sasl': ['b:1']} | You must supply a 'user' parameter.
                    """)
    @Tag("F-10")
    @Tag("F-12")
    void whatIsWrongWithAFeedOfKafkaIsToldInItsOwnWords(String kind, String parameters, String sentence) {
        FeedKind known = FeedKind.find(kind).orElseThrow();

        assertThatThrownBy(() -> reader.feed(known, fields(parameters), NOON)).hasMessage(sentence);
    }

    @Test
    @Tag("F-8")
    void anOperatorCanLimitAlarmsToMinutes() {
        assertThatThrownBy(() -> new FeedReader(false).feed(FeedKind.ALARM, fields("{'cron': '*/5 * * * * *'}"), NOON))
                .hasMessage("cron pattern is limited to 5 fields with 1 minute as the finest granularity");
    }

    @Test
    @Tag("F-4")
    void anAlarmHasAZoneAndAWindow() throws InvalidFeedException {
        Feed feed = reader.feed(
                FeedKind.ALARM,
                fields("{'cron': '0 9 * * *', 'timezone': 'Europe/Vienna', 'startDate': '2026-12-01T00:00:00+01:00',"
                        + " 'stopDate': 1800000000000, 'strict': 'true'}"),
                NOON);

        assertThat(feed).isInstanceOfSatisfying(Feed.Alarm.class, alarm -> {
            assertThat(alarm.zone()).isEqualTo(ZoneId.of("Europe/Vienna"));
            assertThat(alarm.window())
                    .isEqualTo(new Feed.Window(
                            Instant.parse("2026-11-30T23:00:00Z"), Instant.ofEpochMilli(1_800_000_000_000L)));
            assertThat(alarm.isStrict()).isTrue();
        });
    }

    @Test
    @Tag("F-5")
    void anIntervalBeginsHalfAMinuteAfterItWasMade() throws InvalidFeedException {
        assertThat(reader.feed(FeedKind.INTERVAL, fields("{'minutes': '15'}"), NOON))
                .isEqualTo(new Feed.Interval(15, NOON.plusSeconds(30), null));
    }

    @Test
    @Tag("F-6")
    void anAlarmThatFiresOnceMayTakeItsTriggerAndRulesWithIt() throws InvalidFeedException {
        assertThat(reader.feed(
                        FeedKind.ONCE, fields("{'date': '2026-12-24T18:00:00Z', 'deleteAfterFire': 'rules'}"), NOON))
                .isEqualTo(new Feed.Once(
                        Instant.parse("2026-12-24T18:00:00Z"), Feed.AfterFiring.DELETE_TRIGGER_AND_RULES));
    }

    @Test
    @Tag("F-4")
    void aPayloadMayComeAsTextThatHoldsJson() throws InvalidFeedException {
        Delivery delivery =
                reader.delivery(FeedKind.ALARM, fields("{'trigger_payload': '{\\'a\\':1}'}".replace("\\'", "\\\"")));

        assertThat(delivery.payload()).isEqualTo(json("{'a':1}"));
    }

    @Test
    @Tag("F-7")
    @Tag("F-9")
    void aFeedIsReadAsItWasWritten() {
        FeedTrigger trigger = feed("tick", FeedKind.ALARM, "{'cron':'0 9 * * 1','trigger_payload':{'a':1}}", NOON)
                .with(FeedStatus.stopped(NOON, new FeedStatus.Reason("AUTO", 404, "gone")));

        assertThat(FeedDocuments.read(FeedDocuments.write(trigger))).isEqualTo(trigger);
        assertThat(FeedDocuments.shown(trigger))
                .isEqualTo(json("{'config':{'name':'tick','namespace':'guest','payload':{'a':1},'cron':'0 9 * * 1',"
                        + "'timezone':'UTC','strict':false,'missed':'skip'},'status':{'active':false,"
                        + "'dateChanged':1795867200000,'dateChangedISO':'2026-11-28T12:00:00Z',"
                        + "'reason':{'kind':'AUTO','statusCode':404,'message':'gone'}}}"));
    }

    @Test
    void theKeyIsInNoText() {
        assertThat(feed("tick", FeedKind.ALARM, "{'cron':'* * * * *'}", NOON).toString())
                .isEqualTo("alarm feed of guest/tick");
    }
}

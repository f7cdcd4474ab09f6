package dev.whirl.feeds.feed;

import dev.whirl.model.json.RawJson;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;

/// What the owner of a feed sees of its parameters: what was given, without secrets, and what follows from defaults.
final class ShownParameters {
    private static final List<String> GIVEN = List.of("startDate", "stopDate", "maxTriggers", "scheduleInfo");

    private ShownParameters() {}

    static SequencedMap<String, RawJson> of(FeedTrigger trigger) {
        var shown = new LinkedHashMap<String, RawJson>();
        switch (trigger.feed()) {
            case Feed.Alarm(Cron cron, var zone, var _, boolean isStrict) -> {
                shown.put("cron", RawJson.string(cron.text()));
                shown.put("timezone", RawJson.string(zone.equals(java.time.ZoneOffset.UTC) ? "UTC" : zone.getId()));
                shown.put("strict", RawJson.bool(isStrict));
            }
            case Feed.Interval(int minutes, var start, var _) -> {
                shown.put("minutes", RawJson.number(minutes));
                shown.put("startDate", RawJson.string(start.toString()));
            }
            case Feed.Kafka kafka -> {
                shown.put(
                        "brokers",
                        RawJson.array(
                                kafka.brokers().stream().map(RawJson::string).toList()));
                shown.put("topic", RawJson.string(kafka.topic()));
                KafkaAccess access = kafka.access();
                if (access != null) {
                    shown.put("user", RawJson.string(access.login().user()));
                    shown.put("mechanism", RawJson.string(access.mechanism().word()));
                }
                shown.put("isJSONData", RawJson.bool(kafka.isJson()));
                shown.put("isBinaryKey", RawJson.bool(kafka.isBinaryKey()));
                shown.put("isBinaryValue", RawJson.bool(kafka.isBinaryValue()));
            }
            case Feed.Changes changes -> {
                shown.put("host", RawJson.string(changes.server().toString()));
                shown.put("dbname", RawJson.string(changes.database()));
                shown.put("filter", RawJson.string(changes.filter()));
            }
            case Feed.Folder(Path path) -> shown.put("path", RawJson.string(path.toString()));
            case Feed.Bucket bucket -> {
                shown.put("endpoint", RawJson.string(bucket.endpoint().toString()));
                shown.put("region", RawJson.string(bucket.region()));
                shown.put("bucket", RawJson.string(bucket.bucket()));
                shown.put("prefix", RawJson.string(bucket.prefix()));
                shown.put("pollSeconds", RawJson.number(bucket.every().toSeconds()));
            }
            case Feed.Webhook(Sender sender, Signing signing) -> {
                shown.put("sender", RawJson.string(sender.word()));
                shown.put("header", RawJson.string(signing.header()));
            }
            case Feed.Once(var date, var after) -> {
                shown.put("date", RawJson.string(date.toString()));
                shown.put("deleteAfterFire", RawJson.string(word(after)));
            }
        }
        Map<String, RawJson> given = trigger.parameters();
        GIVEN.stream()
                .filter(given::containsKey)
                .forEach(each -> shown.putIfAbsent(each, given.getOrDefault(each, RawJson.NULL)));
        if (trigger.feed() instanceof Feed.Timed) {
            shown.put(
                    "missed", RawJson.string(trigger.delivery().missed().name().toLowerCase(Locale.ROOT)));
        }
        return shown;
    }

    private static String word(Feed.AfterFiring after) {
        return switch (after) {
            case KEEP -> "false";
            case DELETE_TRIGGER -> "true";
            case DELETE_TRIGGER_AND_RULES -> "rules";
        };
    }
}

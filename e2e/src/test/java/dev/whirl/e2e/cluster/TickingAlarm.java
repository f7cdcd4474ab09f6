package dev.whirl.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Answer;
import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Waiting;
import dev.whirl.model.json.RawJson;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// A trigger that an alarm fires each second, with all that it misses. Closing it ends the alarm.
record TickingAlarm(Api api, String name) implements AutoCloseable {
    /// The first list after much work may take half a minute: the database then indexes all that was written.
    private static final Duration LISTED = Duration.ofSeconds(90);

    /// @param isMarked whether it says that it may be a repetition
    private record Firing(Instant scheduled, boolean isMarked) {}

    static TickingAlarm start(Api api, String name) {
        api.put(Api.OWN + "/triggers/%s?overwrite=true".formatted(name), "{}").expect(200);
        api.put(
                        Api.OWN + "/rules/%s-rule?overwrite=true".formatted(name),
                        "{\"trigger\":\"/_/%s\",\"action\":\"/_/echo\",\"status\":\"active\"}".formatted(name))
                .expect(200);
        var alarm = new TickingAlarm(api, name);
        alarm.feed("CREATE", ",\"cron\":\"* * * * * *\",\"missed\":\"all\",\"scheduleInfo\":true");
        return alarm;
    }

    /// Waits until it has fired.
    void awaitFirings() {
        Waiting.until(LISTED, this::firings, each -> !each.isEmpty());
    }

    /// Waits until all times up to this one were fired. None was fired twice, but for those that say that they may be
    /// repetitions.
    void requireEachOnceUntil(Instant end) {
        List<Firing> firings = Waiting.until(LISTED, this::firings, each -> haveNoGapUntil(end, each));
        assertThat(firings.stream().filter(each -> !each.isMarked()).map(Firing::scheduled))
                .as("firings that do not say that they may be repetitions")
                .doesNotHaveDuplicates();
    }

    /// One for each second since the first, those that were missed included.
    private static boolean haveNoGapUntil(Instant end, List<Firing> firings) {
        var times = firings.stream().map(Firing::scheduled).collect(Collectors.toCollection(TreeSet::new));
        return !times.isEmpty()
                && !times.last().isBefore(end)
                && times.size() == Duration.between(times.first(), times.last()).toSeconds() + 1;
    }

    /// None while the database is busy with its index.
    private List<Firing> firings() {
        Answer answer = api.get(Api.OWN + "/activations?name=%s&limit=200&docs=true".formatted(name));
        if (answer.status() == 503) {
            return List.of();
        }
        return answer.expect(200).json().elements().stream()
                .map(each -> each.field("response").orElseThrow())
                .map(each -> each.field("result").orElseThrow())
                .map(each -> firing(each.field("_feed").orElseThrow()))
                .toList();
    }

    private static Firing firing(RawJson about) {
        return new Firing(
                Instant.parse(about.field("scheduled").flatMap(RawJson::asText).orElseThrow()),
                about.hasField("duplicate"));
    }

    private void feed(String event, String more) {
        api.post(
                        "/api/v1/namespaces/whisk.system/actions/alarms/alarm?blocking=true&result=true",
                        "{\"lifecycleEvent\":\"%s\",\"triggerName\":\"/_/%s\"%s}".formatted(event, name, more))
                .expect(200);
    }

    @Override
    public void close() {
        feed("DELETE", "");
    }
}

package dev.whirl.controller.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whirl.controller.Http;
import dev.whirl.controller.TestPlatform;
import dev.whirl.controller.TestPlatform.Options;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.json.EventDocuments;
import dev.whirl.model.limits.NamespaceLimits;
import dev.whirl.model.message.Message;
import dev.whirl.model.message.Topic;
import dev.whirl.model.message.UserEvent;
import dev.whirl.model.message.UserEvent.Body;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class UserEventsTest {
    private final Queue<Message> heard = new ConcurrentLinkedQueue<>();

    @Test
    @Tag("I-9")
    void anActivationAndEachCountAreTold() {
        try (var platform = start(new EventsConfig(true, false))) {
            Http guest = platform.asGuest();
            guest.putNodeAction("a");

            String id = guest.post("actions/a?blocking=true", "{\"statusCode\":418}")
                    .at("activationId");

            await().until(() -> bodies(Body.Activation.class).size() == 1);
            Body.Activation body = bodies(Body.Activation.class).getFirst();
            assertThat(body.activationId()).isEqualTo(id);
            assertThat(body.name()).isEqualTo("guest/a");
            assertThat(body.statusCode()).isZero();
            assertThat(body.userStatus()).isEqualTo(418);
            assertThat(bodies(Body.Metric.class))
                    .containsExactly(new Body.Metric(UserEvent.Name.CONCURRENT_INVOCATIONS, 1));
            assertThat(document(Body.Activation.class))
                    .contains("\"body\":{\"name\":\"guest/a\",\"activationId\":\"" + id + "\",\"statusCode\":0,"
                            + "\"duration\":7,\"waitTime\":0,\"initTime\":0,\"kind\":\"unknown\","
                            + "\"conductor\":false,\"memory\":0,\"size\":18,\"userDefinedStatusCode\":418},")
                    .contains("\"eventType\":\"Activation\"");
            assertThat(heard).allSatisfy(each -> {
                UserEvent event = (UserEvent) each;
                assertThat(event.userId()).isEqualTo(TestPlatform.GUEST.uuid());
                assertThat(event.source()).isEqualTo("controller0");
            });
            assertThat(EventDocuments.write((UserEvent) heard.peek()).toString())
                    .startsWith("{\"source\":\"controller0\",\"body\":{\"metricName\":\"ConcurrentInvocations\","
                            + "\"metricValue\":1},\"subject\":\"guest\",\"namespace\":\"guest\",\"userId\":\"")
                    .contains("\"eventType\":\"Metric\",\"timestamp\":");
        }
    }

    @Test
    @Tag("I-9")
    void quotasThatAreMetAreTold() {
        try (var platform = start(new EventsConfig(true, false))) {
            platform.stores()
                    .subjects()
                    .putLimits(new NamespaceName("guest"), new NamespaceLimits(1, 0, null, null, null));
            Http guest = platform.asGuest();

            guest.post("actions/a", "{}");
            guest.post("actions/a", "{}");

            await().until(() -> bodies(Body.Metric.class).size() == 2);
            assertThat(bodies(Body.Metric.class))
                    .containsExactly(
                            new Body.Metric(UserEvent.Name.CONCURRENT_RATE_LIMIT, 1),
                            new Body.Metric(UserEvent.Name.TIMED_RATE_LIMIT, 1));
        }
    }

    @Test
    @Tag("I-44")
    void activationsAreCountedByActionOnlyWhenAskedFor() {
        try (var platform = start(new EventsConfig(false, true))) {
            platform.asGuest().putNodeAction("a");
            platform.asGuest().post("actions/a?blocking=true", "{}");

            await().until(() -> !platform.meters()
                    .find("openwhisk_action_activations")
                    .counters()
                    .isEmpty());
            await().until(() -> platform.meters()
                            .find("openwhisk_action_response_size")
                            .tags("namespace", "guest", "initiator", "guest", "action", "a")
                            .summary()
                    != null);
            assertThat(platform.meters()
                            .find("openwhisk_action_status")
                            .tags("status", "success", "action", "a")
                            .counter())
                    .isNotNull();
            for (String each : new String[] {"duration", "waitTime"}) {
                assertThat(platform.meters()
                                .find("openwhisk_action_" + each)
                                .tags("action", "a")
                                .timer())
                        .isNotNull();
            }
            assertThat(heard).isEmpty();
        }
        try (var platform = start(EventsConfig.OFF)) {
            platform.asGuest().putNodeAction("a");
            platform.asGuest().post("actions/a?blocking=true", "{}");
            assertThat(platform.meters().find("openwhisk_action_activations").counters())
                    .isEmpty();
            assertThat(heard).isEmpty();
        }
    }

    private String document(Class<? extends Body> type) {
        return heard.stream()
                .map(UserEvent.class::cast)
                .filter(each -> type.isInstance(each.body()))
                .map(each -> EventDocuments.write(each).toString())
                .findFirst()
                .orElseThrow();
    }

    private <T extends Body> List<T> bodies(Class<T> type) {
        return heard.stream()
                .map(each -> ((UserEvent) each).body())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private TestPlatform start(EventsConfig config) {
        var platform = TestPlatform.start(Options.STANDARD.withEvents(config));
        platform.bus().subscribe(new Topic.Events(), heard::add);
        return platform;
    }
}

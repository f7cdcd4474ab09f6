package dev.whirl.e2e.badinput.random;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.badinput.random.PlainHttp.Reply;
import dev.whirl.e2e.support.Answer;
import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.WhirlServer;
import dev.whirl.model.json.MalformedJsonException;
import dev.whirl.model.json.RawJson;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What must hold for every answer: no failure of the server, no stack trace, errors in their envelope (row R-6), and
/// nothing changed by a request that was refused.
final class Conduct implements AutoCloseable {
    private static final List<String> COLLECTIONS = List.of("actions", "packages", "triggers", "rules");
    private static final Pattern TRACE =
            Pattern.compile("\\bat [\\w.$]+\\([\\w]+\\.java|[a-z]\\.[A-Z]\\w+(Exception|Error)\\b");

    private final Api guest;
    private final PlainHttp http;
    private final String description;
    private final Map<Integer, Integer> answers = new TreeMap<>();
    private List<String> state;

    /// @param description put before every complaint: how to see the same requests again
    Conduct(WhirlServer server, Api guest, String description) {
        this.guest = guest;
        this.http = new PlainHttp(server);
        this.description = description;
        this.state = lists();
    }

    void check(RandomRequest request) throws IOException {
        Reply reply = http.send(request);
        answers.merge(reply.status(), 1, Integer::sum);
        String context = "%s%nto %s%nanswered %d %s".formatted(description, request, reply.status(), reply.body());
        boolean mayFail = request.isInvocation() && reply.status() == 502;

        assertThat(reply.status() < 500 || mayFail).as(context).isTrue();
        assertThat(TRACE.matcher(reply.body()).find())
                .as("stack trace: " + context)
                .isFalse();
        if (reply.status() >= 400 && !mayFail && !request.method().equals("HEAD")) {
            assertThat(isEnvelope(reply)).as("envelope: " + context).isTrue();
            assertThat(request.isWeb()
                            || reply.header("x-openwhisk-activation-id").isEmpty())
                    .as("started nothing: " + context)
                    .isTrue();
        }
        if (request.isChange()) {
            checkState(reply.status(), context);
        }
    }

    private void checkState(int status, String context) {
        List<String> now = lists();
        if (status >= 400) {
            assertThat(now).as("unchanged: " + context).isEqualTo(state);
        }
        state = now;
    }

    private static boolean isEnvelope(Reply reply) {
        try {
            RawJson json = RawJson.parse(reply.body());
            return reply.header("content-type").startsWith("application/json")
                    && json.field("error").flatMap(RawJson::asText).isPresent()
                    && json.field("code").flatMap(RawJson::asText).orElse("").equals(reply.header("x-request-id"));
        } catch (MalformedJsonException e) {
            return false;
        }
    }

    private List<String> lists() {
        return COLLECTIONS.stream()
                .map(each -> guest.get(Api.OWN + "/" + each + "?limit=200").expect(200))
                .map(Answer::body)
                .toList();
    }

    /// How often each status was answered.
    Map<Integer, Integer> answers() {
        return Map.copyOf(answers);
    }

    @Override
    public void close() throws IOException {
        http.close();
    }
}

package dev.whirl.e2e.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Answer;
import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Code;
import dev.whirl.e2e.support.Names;
import dev.whirl.e2e.support.Parallel;
import dev.whirl.e2e.support.SharedServer;
import dev.whirl.model.Messages;
import dev.whirl.model.json.RawJson;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ActionUpdateTest {
    private static final Api GUEST = SharedServer.guest();

    private static Answer update(String name, String body) {
        return GUEST.put(Api.action(name) + "?overwrite=true", body);
    }

    @Test
    @Tag("R-13")
    void versionsBeginAtOneAndCountTheUpdates() {
        String name = Names.unique("version");

        assertThat(GUEST.create(name, Code.NODE, Code.NODE_ECHO).text("version"))
                .isEqualTo("0.0.1");
        assertThat(update(name, "{}").expect(200).text("version")).isEqualTo("0.0.2");
        assertThat(update(name, "{\"version\":\"3.1.4\"}").expect(200).text("version"))
                .isEqualTo("3.1.4");
        assertThat(update(name, "{}").expect(200).text("version")).isEqualTo("3.1.5");
    }

    @Test
    @Tag("R-13")
    void aMalformedVersionIsRefused() {
        for (String version : List.of("\"one\"", "\"-1.0.0\"", "7", "\"1.2.3.4\"")) {
            GUEST.put(
                            Api.action(Names.unique("version")),
                            "{\"version\":%s,\"exec\":{\"kind\":\"nodejs:20\",\"code\":\"a b\"}}".formatted(version))
                    .expect(400);
        }
    }

    @Test
    @Tag("R-67")
    void anExistingActionIsNotReplacedUnlessAsked() {
        String name = GUEST.stored(Code.NODE, Code.NODE_ECHO, "");

        GUEST.put(Api.action(name), "{\"exec\":{\"kind\":\"nodejs:20\",\"code\":\"other code\"}}")
                .expectError(409, "resource already exists");

        assertThat(GUEST.get(Api.action(name)).text("exec", "code")).isEqualTo(Code.NODE_ECHO);
        assertThat(GUEST.get(Api.action(name)).text("version")).isEqualTo("0.0.1");
    }

    @Test
    @Tag("R-65")
    void whatAnUpdateDoesNotNameStaysAsItWas() {
        String name = GUEST.stored(
                Code.NODE,
                Code.NODE_ECHO,
                ",\"parameters\":[{\"key\":\"p\",\"value\":1}],\"annotations\":[{\"key\":\"a\",\"value\":1}]");

        Answer updated = update(name, "{}").expect(200);

        assertThat(updated.at("parameters").toString()).isEqualTo("[{\"key\":\"p\",\"value\":1}]");
        assertThat(updated.annotation("a")).contains(RawJson.number(1));
        assertThat(GUEST.get(Api.action(name)).text("exec", "code")).isEqualTo(Code.NODE_ECHO);
    }

    @Test
    @Tag("R-65")
    void annotationsAreMergedAndParametersReplaced() {
        String name = GUEST.stored(
                Code.NODE,
                Code.NODE_ECHO,
                ",\"parameters\":[{\"key\":\"p\",\"value\":1},{\"key\":\"q\",\"value\":2}]"
                        + ",\"annotations\":[{\"key\":\"a\",\"value\":1},{\"key\":\"b\",\"value\":2},{\"key\":\"c\",\"value\":3}]");

        Answer updated = update(name, """
                        {"parameters":[{"key":"r","value":3}],
                         "annotations":[{"key":"b","value":"new"},{"key":"d","value":4}],
                         "delAnnotations":["a","not-there"]}""").expect(200);

        assertThat(updated.at("parameters").toString()).isEqualTo("[{\"key\":\"r\",\"value\":3}]");
        assertThat(updated.annotation("a")).isEmpty();
        assertThat(updated.annotation("b")).contains(RawJson.string("new"));
        assertThat(updated.annotation("c")).contains(RawJson.number(3));
        assertThat(updated.annotation("d")).contains(RawJson.number(4));
    }

    @Test
    @Tag("R-66")
    void theServerAddsItsOwnAnnotations() {
        String name = GUEST.stored(Code.NODE, Code.NODE_ECHO, "");
        Answer created = GUEST.get(Api.action(name));

        assertThat(created.annotation("provide-api-key")).contains(RawJson.FALSE);
        assertThat(created.annotation("exec")).contains(RawJson.string("nodejs:20"));

        Answer updated = update(name, """
                        {"exec":{"kind":"python:3.11","code":"def main(a): return a"},
                         "annotations":[{"key":"provide-api-key","value":true},{"key":"exec","value":"lie"}]}""").expect(200);

        assertThat(updated.annotation("provide-api-key")).contains(RawJson.TRUE);
        assertThat(updated.annotation("exec")).contains(RawJson.string("python:3.11"));
    }

    @Test
    @Tag("R-66")
    void anAnnotationThatTheCallerGaveIsKept() {
        String name = GUEST.stored(
                Code.NODE, Code.NODE_ECHO, ",\"annotations\":[{\"key\":\"provide-api-key\",\"value\":true}]");

        assertThat(GUEST.get(Api.action(name)).annotation("provide-api-key")).contains(RawJson.TRUE);
    }

    @Test
    @Tag("R-16")
    void ofSeveralUpdatesAtOnceNoneIsLost() {
        String name = GUEST.stored(Code.NODE, Code.NODE_ECHO, "");

        List<Answer> answers =
                Parallel.times(24, n -> update(name, "{\"parameters\":[{\"key\":\"n\",\"value\":" + n + "}]}"));

        long done = answers.stream().filter(answer -> answer.status() == 200).count();
        answers.stream()
                .filter(answer -> answer.status() != 200)
                .forEach(answer -> answer.expectError(409, Messages.CONCURRENT_CHANGE));
        assertThat(answers.stream().filter(answer -> answer.status() == 200).map(answer -> answer.text("version")))
                .doesNotHaveDuplicates();
        assertThat(GUEST.get(Api.action(name)).text("version")).isEqualTo("0.0." + (done + 1));
    }

    @Test
    @Tag("R-16")
    @Tag("R-67")
    void ofSeveralCreationsAtOnceOneWins() {
        String name = Names.unique("race");
        String body = "{\"exec\":{\"kind\":\"nodejs:20\",\"code\":\"function main() {}\"}}";

        List<Answer> answers = Parallel.times(16, _ -> GUEST.put(Api.action(name), body));

        assertThat(answers.stream().filter(answer -> answer.status() == 200)).hasSize(1);
        assertThat(answers.stream().filter(answer -> answer.status() == 409)).hasSize(15);
    }
}

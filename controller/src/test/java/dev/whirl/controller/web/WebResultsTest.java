package dev.whirl.controller.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.common.config.ConfigReader;
import dev.whirl.common.config.ConfigReader.Source;
import dev.whirl.controller.Http;
import dev.whirl.controller.Http.Reply;
import dev.whirl.controller.SystemLimitsConfig;
import dev.whirl.controller.TestPlatform;
import dev.whirl.controller.TestPlatform.Options;
import dev.whirl.model.activation.ActivationResponse.Status;
import dev.whirl.model.limits.SystemLimits;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a function's result becomes for the caller.
class WebResultsTest {
    private static TestPlatform platform;
    private static Http anybody;

    @BeforeAll
    static void start() {
        platform = TestPlatform.start();
        anybody = new Http(platform.port(), "");
        platform.asGuest().put("actions/web", """
                {"exec": {"kind": "nodejs:20", "code": "x"},
                 "annotations": [{"key": "web-export", "value": true}]}""");
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                        | 204 |                          |",
                "{'body':null}                                             | 204 |                          |",
                "{'body':''}                                               | 204 |                          |",
                "{'statusCode':201}                                        | 201 |                          |",
                "{'statusCode':201.0}                                      | 201 |                          |",
                "{'statusCode':2.02e2}                                     | 202 |                          |",
                "{'statusCode':'418','body':'x'}                           | 418 | text/html; charset=UTF-8 | x",
                "{'statusCode':299,'body':'x'}                             | 299 | text/html; charset=UTF-8 | x",
                "{'body':'hi'}                                             | 200 | text/html; charset=UTF-8 | hi",
                "{'body':{'a':1}}                                          | 200 | application/json         | {'a':1}",
                "{'body':[1]}                                              | 200 | application/json         | [1]",
                "{'body':7}                                                | 200 | application/json         | 7",
                "{'body':false}                                            | 200 | application/json         | false",
                "{'headers':{'Content-Type':'text/plain'},'body':'x'}      | 200 | text/plain; charset=UTF-8 | x",
                "{'headers':{'content-type':'image/png'},'body':'YWJj'}    | 200 | image/png                | abc",
                "{'headers':{'content-type':'application/json'},'body':'eyJhIjoxfQ=='} | 200 | application/json | {'a':1}",
                "{'headers':{'content-type':'application/json'},'body':'[true]'}    | 200 | application/json    | [true]",
                "{'headers':{'content-type':'application/vnd.api+json'},'body':{'a':1}} | 200 | application/vnd.api+json | {'a':1}",
            })
    @Tag("W-10")
    @Tag("trap-9")
    void httpResultsAreSentAsTheFunctionSays(String result, int status, String type, String body) {
        Reply reply = call("web", Status.SUCCESS, result);

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.headers().get("content-type")).isEqualTo(type);
        assertThat(reply.body()).isEqualTo(body == null ? "" : body.replace('\'', '"'));
    }

    @Test
    @Tag("W-9")
    @Tag("trap-9")
    void aResultThatIsNotReadyInTimeIsPromised() {
        var config = new ConfigReader(List.of(new Source("test", Map.of("limits.blocking-wait", "100ms"))), Map.of());
        var limits = SystemLimitsConfig.read(config, SystemLimits.STANDALONE);
        try (var slow = TestPlatform.start(Options.STANDARD.withLimits(limits))) {
            slow.asGuest().put("actions/web", """
                    {"exec": {"kind": "nodejs:20", "code": "x"},
                     "annotations": [{"key": "web-export", "value": true}]}""");
            slow.invoker().hold();

            Reply reply = new Http(slow.port(), "").get("/api/v1/web/guest/default/web.json");

            assertThat(reply.status()).isEqualTo(202);
            assertThat(reply.error()).isEqualTo("Response not yet ready.");
            assertThat(reply.headers().get("x-openwhisk-activation-id")).matches("[0-9a-f]{32}");
            assertThat(reply.headers()).containsEntry("access-control-allow-origin", "*");
        }
    }

    @Test
    @Tag("W-10")
    void aFunctionsOwnChallengeStandsAlone() {
        Reply reply =
                call("web", Status.SUCCESS, "{'statusCode':401,'headers':{'WWW-Authenticate':'Bearer'},'body':'who?'}");

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.headers().get("www-authenticate")).isEqualTo("Bearer");
    }

    @Test
    @Tag("W-10")
    void headersAreRepeatedForArrays() {
        Reply reply = call("web", Status.SUCCESS, """
                {'headers':{'Set-Cookie':['a=1','b=2'],'X-N':5,'X-B':true,'Location':'/x'},'statusCode':302}""");

        assertThat(reply.status()).isEqualTo(302);
        assertThat(reply.headers())
                .containsEntry("set-cookie", "a=1, b=2")
                .containsEntry("x-n", "5")
                .containsEntry("x-b", "true")
                .containsEntry("location", "/x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[1]",
                "{'headers':[],'body':'x'}",
                "{'headers':{'X':{}},'body':'x'}",
                "{'headers':{'X':'a\\r\\nY: b'},'body':'x'}",
                "{'headers':{'X Y':'a'},'body':'x'}",
                "{'statusCode':1.5,'body':'x'}",
                "{'statusCode':2e99999999,'body':'x'}",
                "{'statusCode':'abc','body':'x'}",
                "{'statusCode':100,'body':'x'}",
                "{'statusCode':600,'body':'x'}",
                "{'statusCode':99999999999,'body':'x'}",
            })
    @Tag("W-10")
    @Tag("attack-39")
    void whatIsNoHttpAnswerIsRefused(String result) {
        Reply reply = call("web", Status.SUCCESS, result);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).isEqualTo("Response is not valid 'message/http'.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'headers':{'content-type':'text/plain'},'body':{}}  | Response type in header did not match generated content type.",
                "{'headers':{'content-type':'nonsense'},'body':'x'}   | Response did not specify a known content-type.",
                "{'headers':{'content-type':'image/png'},'body':'§'}  | Response did not specify a known content-type.",
            })
    @Tag("W-10")
    void bodiesThatDoNotFitTheirTypeAreRefused(String result, String sentence) {
        Reply reply = call("web", Status.SUCCESS, result);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).isEqualTo(sentence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "web.json | {'a':1}        | 200 | application/json         | {'a':1}",
                "web.json | [1]            | 200 | application/json         | [1]",
                "web.html | {'body':'x'}   | 200 | text/html; charset=UTF-8 | x",
                "web.html | {'html':'x'}   | 200 | text/html; charset=UTF-8 | x",
                "web.svg  | {'svg':'x'}    | 200 | image/svg+xml; charset=UTF-8 | x",
                "web.svg  | {'body':'x'}   | 200 | image/svg+xml; charset=UTF-8 | x",
                "web.text | {'text':'x'}   | 200 | text/plain; charset=UTF-8 | x",
                "web.text | {'body':7}     | 200 | text/plain; charset=UTF-8 | 7",
                "web.text | {'body':null}  | 200 | text/plain; charset=UTF-8 | null",
            })
    @Tag("W-11")
    void eachExtensionTakesItsPart(String path, String result, int status, String type, String body) {
        Reply reply = call(path, Status.SUCCESS, result);

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.headers()).containsEntry("content-type", type);
        assertThat(reply.body()).isEqualTo(body.replace('\'', '"'));
    }

    @Test
    @Tag("W-11")
    void objectsAsTextAreMadeReadable() {
        Reply reply = call("web.text", Status.SUCCESS, "{'body':{'a':[1,{}],'b':'x'}}");

        assertThat(reply.body()).isEqualTo("""
                {
                  "a": [
                    1,
                    {}
                  ],
                  "b": "x"
                }""");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "web.html | {'a':1}     | 400 | Response is not valid 'text/html'.",
                "web.html | {'body':{}} | 400 | Response is not valid 'text/html'.",
                "web.svg  | {'a':1}     | 400 | Response is not valid 'image/svg+xml'.",
                "web.text | {'a':1}     | 404 | Response does not include requested property.",
            })
    @Tag("W-11")
    void resultsThatLackTheirPartAreRefused(String path, String result, int status, String sentence) {
        Reply reply = call(path, Status.SUCCESS, result);

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.error()).isEqualTo(sentence);
        assertThat(reply.headers()).containsKey("x-openwhisk-activation-id");
    }

    @Test
    @Tag("W-9")
    @Tag("trap-9")
    void anApplicationErrorIsTakenFromItsErrorField() {
        Reply http = call("web", Status.APPLICATION_ERROR, "{'error':{'statusCode':404,'body':'gone'}}");
        Reply json = call("web.json", Status.APPLICATION_ERROR, "{'error':{'why':1}}");
        Reply text = call("web.json", Status.APPLICATION_ERROR, "{'error':'sad'}");

        assertThat(http.status()).isEqualTo(404);
        assertThat(http.body()).isEqualTo("gone");
        assertThat(json.body()).isEqualTo("{\"why\":1}");
        assertThat(text.status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DEVELOPER_ERROR", "WHISK_ERROR"})
    @Tag("W-9")
    @Tag("trap-9")
    void otherErrorsTellNothing(String status) {
        Reply reply = call("web", Status.valueOf(status), "{'error':'secret inside'}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).isEqualTo("There was an error processing your request.");
        assertThat(reply.body()).doesNotContain("secret");
        assertThat(reply.headers()).containsEntry("access-control-allow-origin", "*");
    }

    private static Reply call(String path, Status status, String result) {
        platform.invoker().answerWith(status, result.replace('\'', '"'));
        return anybody.get("/api/v1/web/guest/default/" + path);
    }
}

package dev.whirl.e2e.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Answer;
import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Archives;
import dev.whirl.e2e.support.Code;
import dev.whirl.e2e.support.CounterService;
import dev.whirl.e2e.support.Names;
import dev.whirl.e2e.support.SharedServer;
import dev.whirl.model.json.RawJson;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("K-20")
class NodeFunctionsTest {
    private static final Api GUEST = SharedServer.guest();

    private static Answer result(String code, String more, String payload) {
        return GUEST.result(GUEST.stored(Code.NODE, code, more), payload);
    }

    @Test
    void aPlainFunctionAnswers() {
        String code = "function main({name}) { return {greeting: 'Hello, ' + name}; }";

        assertThat(result(code, "", "{\"name\":\"Ada\"}").expect(200).body())
                .isEqualTo("{\"greeting\":\"Hello, Ada\"}");
    }

    @Test
    void anExportedFunctionAnswers() {
        assertThat(result("exports.main = async args => ({got: args.a});", "", "{\"a\":1}")
                        .expect(200)
                        .number("got"))
                .isEqualTo(1);
    }

    @Test
    void anEcmascriptModuleAnswers() {
        String code = "import os from 'node:os';\nexport function main(args) { return {os: os.type(), a: args.a}; }";

        Answer answer = result(code, "", "{\"a\":1}").expect(200);

        assertThat(answer.text("os")).isEqualTo("Linux");
    }

    @Test
    void anotherFunctionCanBeTheEntrance() {
        String name = Names.unique("other");
        GUEST.put(
                        Api.action(name),
                        "{\"exec\":{\"kind\":\"nodejs:20\",\"main\":\"niam\",\"code\":\"function niam() { return {a: 1}; }\"}}")
                .expect(200);

        assertThat(GUEST.result(name, "{}").expect(200).number("a")).isEqualTo(1);
    }

    @Test
    void aZipWithAPackageAnswers() {
        String zip = Archives.zip(Map.of(
                "package.json", "{\"name\":\"x\",\"version\":\"1.0.0\",\"main\":\"lib/start.js\"}",
                "lib/start.js", "const other = require('./other'); exports.main = args => ({twice: other(args.n)});",
                "lib/other.js", "module.exports = n => 2 * n;"));

        assertThat(result(zip, "", "{\"n\":21}").expect(200).number("twice")).isEqualTo(42);
    }

    @Test
    void nothingAndAPromiseAreProperResults() {
        assertThat(result("function main() {}", "", "{}").expect(200).body()).isEqualTo("{}");
        assertThat(result(Code.node("return Promise.resolve({late: true});"), "", "{}")
                        .expect(200)
                        .body())
                .isEqualTo("{\"late\":true}");
    }

    @Test
    @Tag("K-12")
    void aRejectedPromiseIsAnApplicationError() {
        String name = GUEST.stored(Code.NODE, Code.node("return Promise.reject({why: 'no'});"), "");

        Answer record = GUEST.invoke(name, "{}").expect(502);

        assertThat(record.text("response", "status")).isEqualTo("application error");
        assertThat(record.at("response", "result").toString()).isEqualTo("{\"error\":{\"why\":\"no\"}}");
    }

    @Test
    void unicodeGoesInAndOutUnharmed() {
        String text = "ß ☃ 😀 \u0000 \" \\ \u2028 end";
        String code =
                Code.node("console.log(args.text.replace('\\u0000', '')); return {text: args.text, own: 'é☃😀'};");
        String name = GUEST.stored(Code.NODE, code, "");

        Answer record =
                GUEST.invoke(name, "{\"text\":" + RawJson.string(text) + "}").expect(200);

        assertThat(record.text("response", "result", "text")).isEqualTo(text);
        assertThat(record.text("response", "result", "own")).isEqualTo("é☃😀");
        assertThat(GUEST.recordWithLogs(record.text("activationId")).logs().getFirst())
                .contains("stdout: ß ☃ 😀");
    }

    @Test
    @Tag("K-10")
    @Tag("K-11")
    void theEnvironmentTellsAboutTheActivation() {
        String code = Code.node("return Object.fromEntries(Object.entries(process.env)"
                + ".filter(([key]) => key.startsWith('__OW_')));");
        String name = GUEST.stored(Code.NODE, code, "");
        Answer record = GUEST.invoke(name, "{}").expect(200);

        var environment = record.at("response", "result").fields();
        assertThat(environment.get("__OW_NAMESPACE")).isEqualTo(RawJson.string("guest"));
        assertThat(environment.get("__OW_ACTION_NAME")).isEqualTo(RawJson.string("/guest/" + name));
        assertThat(environment.get("__OW_ACTION_VERSION")).isEqualTo(RawJson.string("0.0.1"));
        assertThat(environment.get("__OW_ACTIVATION_ID")).isEqualTo(RawJson.string(record.text("activationId")));
        assertThat(environment.get("__OW_TRANSACTION_ID")).isEqualTo(RawJson.string(record.header("X-Request-ID")));
        assertThat(environment).containsKeys("__OW_DEADLINE", "__OW_API_HOST").doesNotContainKey("__OW_API_KEY");
    }

    @Test
    @Tag("K-10")
    @Tag("attack-7")
    void theKeyIsGivenOnlyToActionsThatAskForIt() {
        String code = Code.node("return {key: process.env.__OW_API_KEY || 'none'};");

        assertThat(result(code, "", "{}").text("key")).isEqualTo("none");
        assertThat(result(code, ",\"annotations\":[{\"key\":\"provide-api-key\",\"value\":true}]", "{}")
                        .text("key"))
                .isEqualTo(Api.GUEST_KEY);
    }

    @Test
    void anUpdatedActionRunsItsNewCode() {
        String name = GUEST.stored(Code.NODE, Code.node("return {version: 1};"), "");
        assertThat(GUEST.result(name, "{}").expect(200).number("version")).isEqualTo(1);

        for (int i = 2; i < 6; i++) {
            GUEST.create(name, Code.NODE, Code.node("return {version: " + i + "};"));
            assertThat(GUEST.result(name, "{}").expect(200).number("version")).isEqualTo(i);
        }
    }

    @Test
    void aCallToAServiceBesideThePlatformWorks() {
        try (var service = new CounterService()) {
            String code = Code.node("return new Promise((done, fail) => {"
                    + " const socket = require('net').connect(args.port, '127.0.0.1', () => socket.write('hello\\n'));"
                    + " socket.on('data', data => { socket.end(); done({said: data.toString().trim()}); });"
                    + " socket.on('error', fail); });");

            Answer answer =
                    result(code, "", "{\"port\":" + service.port() + "}").expect(200);

            assertThat(answer.text("said")).isEqualTo("1");
            assertThat(service.count("hello")).isEqualTo(1);
        }
    }
}

package dev.whirl.e2e.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Answer;
import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Code;
import dev.whirl.e2e.support.Parallel;
import dev.whirl.e2e.support.SharedServer;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ConcurrencyTest {
    private static final Api GUEST = SharedServer.guest();

    /// Says which call it is before and after it waits, and tells in which process it runs.
    private static final String TALKER = """
            async function main(args) {
              console.log('begin ' + args.n);
              await new Promise(done => setTimeout(done, args.millis));
              console.error('end ' + args.n);
              return {n: args.n, id: process.env.__OW_ACTIVATION_ID, process: globalThis.me ??= Math.random()};
            }""";

    @Test
    @Tag("K-18")
    @Tag("I-19")
    void sixtyFourCallsAtOnceShareOneSandboxAndKeepTheirLogsApart() {
        String name = GUEST.stored(Code.NODE, TALKER, ",\"limits\":{\"concurrency\":64}");
        GUEST.invoke(name, "{\"n\":-1,\"millis\":0}").expect(200);

        List<Answer> records = Parallel.times(64, n -> GUEST.invoke(name, "{\"n\":%d,\"millis\":300}".formatted(n)));

        for (int n = 0; n < records.size(); n++) {
            Answer record = records.get(n).expect(200);
            assertThat(record.number("response", "result", "n")).isEqualTo(n);
            List<String> logs =
                    GUEST.recordWithLogs(record.text("activationId")).logs();
            assertThat(logs).hasSize(2);
            assertThat(logs.getFirst()).endsWith(" stdout: begin " + n);
            assertThat(logs.getLast()).endsWith(" stderr: end " + n);
        }
        assertThat(records.stream()
                        .map(record -> record.at("response", "result", "process"))
                        .distinct())
                .hasSize(1);
    }

    @Test
    @Tag("K-18")
    @Tag("attack-7")
    void callsThatShareASandboxDoNotSeeEachOthersArguments() {
        String code = "async function main(args) { await new Promise(done => setTimeout(done, 20)); return args; }";
        String name = GUEST.stored(Code.NODE, code, ",\"limits\":{\"concurrency\":20}");

        List<Answer> answers = Parallel.times(
                60,
                n -> GUEST.result(
                        name, n % 2 == 0 ? "{\"n\":%d,\"own%d\":1}".formatted(n, n) : "{\"n\":%d}".formatted(n)));

        for (int n = 0; n < answers.size(); n++) {
            String wanted = n % 2 == 0 ? "{\"n\":%d,\"own%d\":1}".formatted(n, n) : "{\"n\":%d}".formatted(n);
            assertThat(answers.get(n).expect(200).body()).isEqualTo(wanted);
        }
    }

    @Test
    @Tag("K-18")
    void aRuntimeThatRunsOneAtATimeTakesTheSameLimit() {
        String code = "import time\ndef main(args):\n    time.sleep(0.02)\n    return args\n";
        String name = GUEST.stored(Code.PYTHON, code, ",\"limits\":{\"concurrency\":10,\"memory\":128}");

        List<Answer> answers = Parallel.times(20, n -> GUEST.result(name, "{\"n\":%d}".formatted(n)));

        for (int n = 0; n < answers.size(); n++) {
            assertThat(answers.get(n).expect(200).number("n")).isEqualTo(n);
        }
    }

    @Test
    @Tag("I-19")
    void manyCallsOfAnOrdinaryFunctionAreAllAnswered() {
        String name = GUEST.stored(Code.NODE, Code.NODE_ECHO, ",\"limits\":{\"memory\":128}");

        List<Answer> answers = Parallel.times(200, n -> GUEST.result(name, "{\"n\":%d}".formatted(n)));

        for (int n = 0; n < answers.size(); n++) {
            assertThat(answers.get(n).expect(200).number("n")).isEqualTo(n);
        }
    }

    @Test
    @Tag("I-19")
    void manyDifferentFunctionsAreAllAnswered() {
        List<String> names = Parallel.times(
                24, n -> GUEST.stored(Code.PYTHON, "def main(args):\n    return {\"n\": %d}\n".formatted(n), ""));

        List<Answer> answers = Parallel.times(72, n -> GUEST.result(names.get(n % 24), "{}"));

        for (int n = 0; n < answers.size(); n++) {
            assertThat(answers.get(n).expect(200).number("n")).isEqualTo(n % 24);
        }
    }
}

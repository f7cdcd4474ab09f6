package dev.whirl.invoker.run;

import static dev.whirl.invoker.Samples.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.invoker.Samples;
import dev.whirl.model.entity.Action;
import dev.whirl.model.entity.Annotations;
import dev.whirl.model.entity.Exec;
import dev.whirl.model.json.RawJson;
import dev.whirl.model.message.Invocation;
import java.time.Instant;
import java.util.SequencedMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RequestDocumentsTest {
    private static final Instant DEADLINE = Instant.ofEpochMilli(1_767_000_000_123L);

    private final Action action = Samples.action("hello");

    @Test
    @Tag("K-10")
    void anInitHasNameEntryPointAndEnvironmentAndRoomForTheCode() {
        Invocation call = Samples.call("hello", "1", "{}");

        assertThat(RequestDocuments.init(call, action, DEADLINE))
                .isEqualTo(json("{'value':{'name':'hello','main':'main','binary':false,"
                        + "'env':{'__OW_API_KEY':'uuid-1:s3cret','__OW_NAMESPACE':'guest',"
                        + "'__OW_ACTION_NAME':'/guest/hello','__OW_ACTION_VERSION':'0.0.7','__OW_ACTIVATION_ID':'"
                        + call.id() + "','__OW_TRANSACTION_ID':'transaction-1','__OW_DEADLINE':'1767000000123'}}}"));
    }

    @Test
    @Tag("K-10")
    void environmentValuesAreAlwaysStrings() {
        Invocation call = Samples.call(
                "hello",
                "1",
                "{'text':'a b','nothing':null,'number':1.50,'yes':true,'object':{ 'a' : [1, 2] },'plain':1}",
                "text",
                "nothing",
                "number",
                "yes",
                "object",
                "missing");

        SequencedMap<String, RawJson> env = environment(call, action);

        assertThat(env)
                .containsEntry("text", RawJson.string("a b"))
                .containsEntry("nothing", RawJson.string(""))
                .containsEntry("number", RawJson.string("1.50"))
                .containsEntry("yes", RawJson.string("true"))
                .containsEntry("object", RawJson.string("{\"a\":[1,2]}"))
                .doesNotContainKeys("missing", "plain");
    }

    @Test
    @Tag("K-10")
    void anImageWithoutCodeGetsNone() {
        Action image = Samples.action(
                "hello", new Exec.Blackbox("me/image", null, "run.me"), Samples.LIMITS, Annotations.NONE);

        SequencedMap<String, RawJson> value = RequestDocuments.init(Samples.call("hello", "1", "{}"), image, DEADLINE)
                .fields()
                .getOrDefault("value", RawJson.NULL)
                .fields();

        assertThat(value)
                .containsOnlyKeys("name", "main", "binary", "env")
                .containsEntry("main", RawJson.string("run.me"));
    }

    @Test
    @Tag("K-11")
    void aRunHasTheArgumentsAsTheyAreAndItsContextInStrings() {
        Invocation call = Samples.call("hello", "1", "{ 'b' : 1,  'a' : 'ü' }");

        assertThat(RequestDocuments.run(call, action, DEADLINE))
                .isEqualTo(json("{'value':{ 'b' : 1,  'a' : 'ü' },'namespace':'guest',"
                        + "'action_name':'/guest/hello','action_version':'0.0.7','activation_id':'" + call.id()
                        + "','transaction_id':'transaction-1','deadline':'1767000000123',"
                        + "'api_key':'uuid-1:s3cret'}"));
    }

    @Test
    @Tag("K-11")
    void initParametersAreNotAmongTheArgumentsOfARun() {
        Invocation call = Samples.call("hello", "1", "{'a':1,'secret':'x','b':2}", "secret");

        assertThat(RequestDocuments.run(call, action, DEADLINE).field("value")).contains(json("{'a':1,'b':2}"));
    }

    @Test
    @Tag("K-11")
    void anArrayIsPassedOnAsTheArgument() {
        Invocation call = Samples.call("hello", "1", "[1,{'a':2}]", "a");

        assertThat(RequestDocuments.run(call, action, DEADLINE).field("value")).contains(json("[1,{'a':2}]"));
    }

    @Test
    @Tag("K-10")
    @Tag("attack-7")
    void theKeyIsGivenOnlyToActionsThatAskForItOrSayNothing() {
        Invocation call = Samples.call("hello", "1", "{}");
        Action with = annotated("true");
        Action without = annotated("false");

        assertThat(environment(call, action)).containsKey("__OW_API_KEY");
        assertThat(environment(call, with)).containsKey("__OW_API_KEY");
        assertThat(environment(call, without)).doesNotContainKey("__OW_API_KEY");
        assertThat(RequestDocuments.run(call, with, DEADLINE).hasField("api_key"))
                .isTrue();
        assertThat(RequestDocuments.run(call, without, DEADLINE).hasField("api_key"))
                .isFalse();
    }

    private static Action annotated(String value) {
        return Samples.action(
                "hello",
                Samples.code("nodejs:20"),
                Samples.LIMITS,
                Annotations.NONE.with(RequestDocuments.PROVIDE_API_KEY, json(value)));
    }

    private static SequencedMap<String, RawJson> environment(Invocation call, Action action) {
        return RequestDocuments.init(call, action, DEADLINE)
                .field("value")
                .flatMap(value -> value.field("env"))
                .orElseThrow()
                .fields();
    }
}

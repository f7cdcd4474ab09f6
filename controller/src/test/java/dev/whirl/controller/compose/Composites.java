package dev.whirl.controller.compose;

import dev.whirl.controller.Http;
import dev.whirl.controller.Http.Reply;
import dev.whirl.controller.TestPlatform;
import dev.whirl.model.activation.ActivationResponse;
import dev.whirl.model.activation.ActivationResponse.Status;
import dev.whirl.model.json.RawJson;
import dev.whirl.model.message.Invocation;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A platform whose actions do what a table says; what it does not name returns its argument.
final class Composites {
    private Composites() {}

    /// Stores a sequence of actions, given with their namespaces.
    static Reply putSequence(Http caller, String name, String... components) {
        String names = Stream.of(components).map("\"%s\""::formatted).collect(Collectors.joining(","));
        return caller.put(
                "actions/" + name + "?overwrite=true",
                "{\"exec\":{\"kind\":\"sequence\",\"components\":[" + names + "]}}");
    }

    static Reply putConductor(Http caller, String name) {
        return caller.put(
                "actions/" + name,
                "{\"exec\":{\"kind\":\"nodejs:20\",\"code\":\"x\"},\"annotations\":[{\"key\":\"conductor\",\"value\":true}]}");
    }

    static void script(TestPlatform platform, Map<String, Function<RawJson, String>> table) {
        platform.invoker().answerWith(invocation -> {
            Function<RawJson, String> action =
                    table.get(invocation.action().name().value());
            return action == null
                    ? ActivationResponse.success(invocation.arguments())
                    : response(TestPlatform.json(action.apply(invocation.arguments())));
        });
    }

    static ActivationResponse response(RawJson result) {
        return result.hasField("error")
                ? new ActivationResponse(Status.APPLICATION_ERROR, result, (long) result.sizeBytes())
                : ActivationResponse.success(result);
    }

    /// What was called, in its order.
    static java.util.List<String> called(TestPlatform platform) {
        return platform.invoker().received().stream()
                .map(Invocation::action)
                .map(each -> each.name().value())
                .toList();
    }

    /// An annotation of a record.
    static String annotation(Reply record, String key) {
        return record.json().field("annotations").orElseThrow().elements().stream()
                .filter(each -> each.field("key").orElseThrow().toString().equals("\"" + key + "\""))
                .map(each -> each.field("value").orElseThrow().toString())
                .findFirst()
                .orElse("none");
    }
}

package dev.whirl.bench.scenario;

import dev.whirl.bench.http.Endpoint;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/// What a scenario calls.
public sealed interface Subject {
    /// What has to be on the platform for it, in the order in which it is created.
    default List<Entity> entities() {
        return List.of();
    }

    /// `GET /ping`: what the HTTP server and the generator can do at most.
    record Ping() implements Subject {}

    /// A blocking call of an action.
    record Invoke(Function function) implements Subject {
        @Override
        public List<Entity> entities() {
            return List.of(function.entity());
        }
    }

    /// A blocking call of a sequence. The same function may be several of its steps.
    record Sequence(String name, List<Function> steps) implements Subject {
        public Sequence {
            steps = List.copyOf(steps);
        }

        @Override
        public List<Entity> entities() {
            List<String> components = steps.stream().map(Function::fullName).toList();
            String document = JsonMapper.shared()
                    .writeValueAsString(Map.of("exec", Map.of("kind", "sequence", "components", components)));
            return Stream.concat(
                            steps.stream().distinct().map(Function::entity),
                            Stream.of(new Entity("actions/" + name, document)))
                    .toList();
        }
    }

    /// A web action, called without a key: its result as JSON.
    record Web(Function function) implements Subject {
        @Override
        public List<Entity> entities() {
            return List.of(function.webEntity());
        }
    }

    /// A call of an API through a gateway that stands before the platform.
    ///
    /// @param path of the API's operation
    record ThroughGateway(Endpoint gateway, String path) implements Subject {}

    /// Blocking calls of many actions in random order.
    record Many(List<Function> functions) implements Subject {
        public Many {
            functions = List.copyOf(functions);
        }

        @Override
        public List<Entity> entities() {
            return functions.stream().map(Function::entity).toList();
        }
    }

    /// Overwriting actions, each time with other code than before.
    record Put(List<Function> functions) implements Subject {
        public Put {
            functions = List.copyOf(functions);
        }

        @Override
        public List<Entity> entities() {
            return functions.stream().map(Function::entity).toList();
        }
    }

    /// Reading one path below the namespace after another.
    record Read(List<String> paths, List<Entity> entities) implements Subject {
        public Read {
            paths = List.copyOf(paths);
            entities = List.copyOf(entities);
        }
    }

    /// A call of an action that does not wait for it. It counts when it is recorded.
    record Accept(Function function) implements Subject {
        @Override
        public List<Entity> entities() {
            return List.of(function.entity());
        }
    }

    /// Firing a trigger that one active rule connects with a function.
    record Fire(String trigger, Function function) implements Subject {
        @Override
        public List<Entity> entities() {
            String rule = JsonMapper.shared()
                    .writeValueAsString(Map.of("trigger", "/_/" + trigger, "action", function.fullName()));
            return List.of(
                    function.entity(),
                    new Entity("triggers/" + trigger, "{}"),
                    new Entity("rules/" + trigger + "-rule", rule));
        }
    }

    /// A function in bare runtime processes, without platform and sandbox.
    record Bare(Function function, int processes) implements Subject {}

    /// Bare runtime processes, one for each of many functions, called in random order.
    record BareMany(List<Function> functions) implements Subject {
        public BareMany {
            functions = List.copyOf(functions);
        }
    }

    /// A small write that the disk has taken before the next one, without a platform.
    record DurableWrite() implements Subject {}
}

package dev.whirl.e2e.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Answer;
import dev.whirl.e2e.support.Api;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What each action may look like after a crash: as its last acknowledged write made it, or as the write that was on
/// its way would make it. Each name is written by one thread at a time.
final class EntityLedger {
    /// The mark that a write left in the action's code; empty where there is no action.
    private final Map<String, Set<Optional<String>>> possible = new ConcurrentHashMap<>();

    /// Before a write is sent.
    void begin(String name, Optional<String> next) {
        possible.merge(name, union(Set.of(Optional.empty()), next), (now, _) -> union(now, next));
    }

    private static Set<Optional<String>> union(Set<Optional<String>> now, Optional<String> next) {
        var both = new HashSet<>(now);
        both.add(next);
        return Set.copyOf(both);
    }

    /// After a write was acknowledged.
    void acknowledged(String name, Optional<String> state) {
        possible.put(name, Set.of(state));
    }

    boolean mayExist(String name) {
        return possible.getOrDefault(name, Set.of()).stream().anyMatch(Optional::isPresent);
    }

    /// Compares with what a restarted server shows, and goes on from there.
    void check(Api api) {
        possible.forEach((name, states) -> {
            Optional<String> seen = seen(api, name);
            assertThat(states).as("state of action '%s' after the crash", name).contains(seen);
            possible.put(name, Set.of(seen));
        });
    }

    private static Optional<String> seen(Api api, String name) {
        Answer answer = api.get(Api.action(name));
        if (answer.status() == 404) {
            return Optional.empty();
        }
        answer.expect(200);
        String code = answer.text("exec", "code");
        assertThat(answer.annotation("mark").flatMap(mark -> mark.asText())).contains(markOf(code));
        return Optional.of(markOf(code));
    }

    /// Code that carries a mark, long enough not to be kept inside the document.
    static String codeWith(String mark) {
        return "# " + mark + "\n" + "# filler\n".repeat(500) + "def main(args):\n    return args\n";
    }

    private static String markOf(String code) {
        return code.substring(2, code.indexOf('\n'));
    }
}

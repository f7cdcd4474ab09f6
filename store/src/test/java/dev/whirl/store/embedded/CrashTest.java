package dev.whirl.store.embedded;

import static dev.whirl.store.Examples.GUEST;
import static dev.whirl.store.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.entity.CodeRef;
import dev.whirl.model.entity.Collection;
import dev.whirl.model.entity.EntityName;
import dev.whirl.store.Activations;
import dev.whirl.store.Entities;
import dev.whirl.store.Examples;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills a writing process at random moments and looks for everything that it had acknowledged.
///
/// The property `whirl.store.kills` sets how often.
class CrashTest {
    private static final int KILLS = Integer.getInteger("whirl.store.kills", 5);

    @TempDir
    Path data;

    private final Random random = new Random(42);
    private final Map<String, Long> entities = new HashMap<>();
    private final Set<String> accepted = new HashSet<>();
    private final Set<String> recorded = new HashSet<>();
    private final Map<String, Long> code = new HashMap<>();

    @Test
    @Tag("attack-43")
    void everyAcknowledgedWriteIsThereAfterAKill() throws Exception {
        for (int round = 0; round < KILLS; round++) {
            killAfter(Duration.ofMillis(random.nextInt(600)), round).forEach(this::remember);

            try (EmbeddedStores stores = EmbeddedStores.open(EmbeddedStoreConfig.in(data), new SimpleMeterRegistry())) {
                checkEntities(stores.entities());
                checkRecords(stores);
                code.forEach((hash, size) -> assertThat(stores.code().get(new CodeRef(hash, size, false)))
                        .hasSize(size.intValue()));
            }
        }
        assertThat(entities).isNotEmpty();
        assertThat(recorded).isNotEmpty();
    }

    private List<String> killAfter(Duration time, int round) throws IOException, InterruptedException {
        Process child = ChildJvm.start(List.of(), CrashWriter.class, data.toString(), Integer.toString(round));
        try (BufferedReader out = child.inputReader()) {
            var lines = new ArrayList<String>();
            lines.add(out.readLine());
            long end = System.nanoTime() + time.toNanos();
            while (System.nanoTime() < end) {
                lines.add(out.readLine());
            }
            child.toHandle().destroyForcibly(); // the process would close its stream, with lines in it
            out.lines().forEach(lines::add);
            return lines;
        } finally {
            child.destroyForcibly();
            assertThat(child.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    /// The last word on a name counts: a thread writes each of its names in turn.
    private void remember(String line) {
        String[] words = line.split(" ");
        switch (words[0]) {
            case "entity" -> entities.put(words[1], Long.parseLong(words[2]));
            case "gone" -> entities.remove(words[1]);
            case "accepted" -> accepted.add(words[1]);
            case "recorded" -> recorded.add(words[1]);
            case "code" -> code.put(words[1], Long.parseLong(words[2]));
            default -> throw new IllegalStateException("unknown acknowledgement " + line);
        }
    }

    /// What was written last but not acknowledged may be there or not, for each of the threads.
    private void checkEntities(Entities store) {
        entities.forEach((name, number) -> {
            var found = store.find(Examples.id(name));
            assertThat(found.isPresent() || isInDoubt(store, name)).isTrue();
            found.ifPresent(stored -> assertThat(
                            Duration.between(NOON, stored.entity().updated()).toMillis())
                    .isGreaterThanOrEqualTo(number));
        });
        var all = new Entities.Query(GUEST, Collection.ACTIONS, null, 0, 10_000);
        assertThat(store.list(all))
                .hasSize((int) store.count(all))
                .allSatisfy(each ->
                        assertThat(store.find(each.id()).orElseThrow().entity()).isEqualTo(each));
    }

    /// A deletion follows every seventh write and its acknowledgement may not have come out.
    private boolean isInDoubt(Entities store, String name) {
        return entities.get(name) != null
                && entities.get(name) % 7 == 0
                && store.find(Examples.id(name)).isEmpty();
    }

    private void checkRecords(EmbeddedStores stores) {
        var unfinished = new HashSet<String>();
        var journal = stores.journal();
        for (var page = journal.unfinished(null, 1000);
                !page.isEmpty();
                page = journal.unfinished(page.getLast(), 1000)) {
            page.forEach(each -> unfinished.add(each.invocation().id().value()));
        }
        for (String id : accepted) {
            boolean isRecorded =
                    stores.activations().find(GUEST, new ActivationId(id)).isPresent();
            assertThat(isRecorded).as("%s is either recorded or unfinished", id).isNotEqualTo(unfinished.contains(id));
        }
        assertThat(recorded).noneMatch(unfinished::contains);
        var all = new Activations.Query(GUEST, null, null, null, null, 0, 1_000_000);
        assertThat(stores.activations().list(all)).allSatisfy(each -> {
            EntityName name = each.name();
            var named = new Activations.Query(GUEST, null, name, each.start(), each.start(), 0, 1000);
            assertThat(stores.activations().count(named)).isPositive();
        });
    }
}

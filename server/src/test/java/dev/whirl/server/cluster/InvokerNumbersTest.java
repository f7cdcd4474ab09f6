package dev.whirl.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.model.message.InvokerId;
import dev.whirl.store.memory.MemoryStores;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("I-16")
class InvokerNumbersTest {
    private final MemoryStores stores = new MemoryStores();

    @Test
    void aNameKeepsItsNumber() {
        var numbers = new InvokerNumbers(stores.feeds());

        assertThat(numbers.of("node-a")).isEqualTo(new InvokerId(0));
        assertThat(numbers.of("node-b")).isEqualTo(new InvokerId(1));
        assertThat(new InvokerNumbers(stores.feeds()).of("node-a")).isEqualTo(new InvokerId(0));
    }

    @Test
    void namesThatAskAtTheSameMomentGetDifferentNumbers() throws Exception {
        var asked = new ArrayList<Future<InvokerId>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                String name = "node-" + i;
                asked.add(threads.submit(() -> new InvokerNumbers(stores.feeds()).of(name)));
            }
        }

        assertThat(asked).extracting(Future::resultNow).doesNotHaveDuplicates().hasSize(20);
    }
}

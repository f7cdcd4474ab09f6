package dev.whirl.controller.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {
    private static final long MB = 1024 * 1024;
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(20);

    @Test
    @Tag("attack-26")
    void whatDoesNotFitIsRefusedWithASentenceAfterAWhile() {
        var budget = new MemoryBudget(10 * MB, 2 * MB, SHORT);
        MemoryBudget.Share first = budget.share();
        first.atLeast(9 * MB);

        assertThatThrownBy(() -> budget.share().atLeast(2 * MB))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("try again in a few seconds")
                .satisfies(e -> assertThat(((ApiException) e).code()).isEqualTo(ErrorCode.OVERLOADED));
        first.close();
        assertThat(budget.used()).isZero();
    }

    @Test
    void smallSharesAreFree() {
        var budget = new MemoryBudget(MB, MB, SHORT);

        budget.share().atLeast(64 * 1024);

        assertThat(budget.used()).isZero();
    }

    @Test
    @Tag("attack-26")
    void ofThoseThatGrowAndWaitTheLargestMayFinish() throws Exception {
        var budget = new MemoryBudget(10 * MB, 5 * MB, LONG);
        MemoryBudget.Share small = budget.share();
        MemoryBudget.Share large = budget.share();
        small.atLeast(MB);
        large.atLeast(4 * MB);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> finished = threads.submit(growing(large, 8 * MB));
            assertThat(finished.get()).isTrue();
            Future<Boolean> waiting = threads.submit(growing(small, 4 * MB));
            await().until(() -> budget.waiting() == 1);
            assertThat(waiting.isDone()).isFalse();

            large.close();

            assertThat(waiting.get()).isTrue();
        }
    }

    @Test
    @Tag("attack-26")
    void whoGaveUpLeavesTheLastPartToOthers() {
        var budget = new MemoryBudget(10 * MB, 5 * MB, SHORT);
        MemoryBudget.Share holder = budget.share();
        holder.atLeast(5 * MB);
        assertThatThrownBy(() -> budget.share().atLeast(6 * MB)).isInstanceOf(ApiException.class);

        MemoryBudget.Share next = budget.share();
        next.atLeast(5 * MB);

        assertThat(budget.used()).isEqualTo(10 * MB);
    }

    @Test
    @Tag("attack-26")
    void anyNumberOfGrowingSharesComesToAnEndAndNeverTakesMoreThanThereIs() throws Exception {
        var budget = new MemoryBudget(20 * MB, 8 * MB, LONG);
        List<Future<Boolean>> all = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                all.add(threads.submit(() -> {
                    try (MemoryBudget.Share share = budget.share()) {
                        for (long size = MB; size <= 8 * MB; size *= 2) {
                            share.atLeast(size);
                            assertThat(budget.used()).isLessThanOrEqualTo(20 * MB);
                        }
                    }
                    return true;
                }));
            }
            for (Future<Boolean> each : all) {
                assertThat(each.get()).isTrue();
            }
        }
        assertThat(budget.used()).isZero();
    }

    private static Callable<Boolean> growing(MemoryBudget.Share share, long bytes) {
        return () -> {
            share.atLeast(bytes);
            return true;
        };
    }
}

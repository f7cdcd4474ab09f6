package dev.whirl.controller.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.entity.NamespaceName;
import java.net.InetAddress;
import java.net.UnknownHostException;
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
    private static final Duration SHORT = Duration.ofMillis(5);

    @Test
    @Tag("attack-26")
    void whatDoesNotFitIsRefusedWithASentenceAfterAWhile() {
        var budget = new MemoryBudget(16 * MB, 7 * MB, SHORT);
        MemoryBudget.Share first = budget.share(known("first"));
        MemoryBudget.Share second = budget.share(known("second"));
        first.atLeast(7 * MB);
        second.atLeast(7 * MB);

        assertThatThrownBy(() -> budget.share(known("third")).atLeast(2 * MB))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("try again in a few seconds")
                .satisfies(e -> assertThat(((ApiException) e).code()).isEqualTo(ErrorCode.OVERLOADED));
        first.close();
        second.close();
        assertThat(budget.used()).isZero();
    }

    @Test
    void smallSharesAreFree() {
        var budget = new MemoryBudget(MB, MB, SHORT);

        budget.share(known("small")).atLeast(64 * 1024);

        assertThat(budget.used()).isZero();
    }

    @Test
    @Tag("attack-26")
    void theApisOfOneTenantLeaveMemoryForThoseOfOthersAndAllOfThemForOtherCallers() {
        var budget = new MemoryBudget(16 * MB, 7 * MB, SHORT);
        MemoryBudget.Share slow = budget.share(api("slow", "first"));
        assertThat(slow.most()).isEqualTo(3 * MB);
        slow.atLeast(3 * MB);
        budget.share(api("slow", "second")).atLeast(MB);

        assertThatThrownBy(() -> budget.share(api("slow", "third")).atLeast(MB)).isInstanceOf(ApiException.class);
        budget.share(api("fine", "first")).atLeast(MB);
        budget.share(api("fine", "second")).atLeast(MB);
        budget.share(api("third", "first")).atLeast(MB / 2);
        budget.share(api("third", "second")).atLeast(MB / 2);
        assertThatThrownBy(() -> budget.share(api("fourth", "first")).atLeast(MB))
                .isInstanceOf(ApiException.class);
        budget.share(known("somebody")).atLeast(MB);
    }

    @Test
    @Tag("attack-26")
    void oneSlowTargetLeavesMemoryForTheOtherTargetsOfItsTenant() {
        var budget = new MemoryBudget(16 * MB, 7 * MB, SHORT);
        MemoryBudget.Share slow = budget.share(api("tenant", "slow"));
        slow.atLeast(3 * MB);

        assertThatThrownBy(() -> budget.share(api("tenant", "slow")).atLeast(MB / 2))
                .isInstanceOf(ApiException.class);
        budget.share(api("tenant", "fine")).atLeast(MB);
        slow.close();
        budget.share(api("tenant", "slow")).atLeast(2 * MB);
    }

    private static Claimant api(String tenant, String target) {
        return new Claimant.Api(tenant, target);
    }

    @Test
    @Tag("attack-26")
    void ofThoseThatGrowAndWaitTheLargestMayFinish() throws Exception {
        var budget = new MemoryBudget(16 * MB, 7 * MB, LONG);
        MemoryBudget.Share small = budget.share(known("small"));
        MemoryBudget.Share large = budget.share(known("large"));
        small.atLeast(2 * MB);
        large.atLeast(5 * MB);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> finished = threads.submit(growing(large, 9 * MB));
            assertThat(finished.get()).isTrue();
            Future<Boolean> waiting = threads.submit(growing(small, 6 * MB));
            await().until(() -> budget.waiting() == 1);
            assertThat(waiting.isDone()).isFalse();

            large.close();

            assertThat(waiting.get()).isTrue();
        }
    }

    @Test
    @Tag("attack-26")
    void whoIsLargestOfThoseThatWaitHearsOfItWhenALargerOneIsServed() throws Exception {
        var budget = new MemoryBudget(16 * MB, 4 * MB, LONG);
        MemoryBudget.Share large = budget.share(known("large"));
        large.atLeast(MB);
        budget.share(known("small")).atLeast(5 * MB);
        MemoryBudget.Share favourite = budget.share(known("favourite"));
        favourite.atLeast(6 * MB);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> first = threads.submit(growing(budget.share(known("small")), 3 * MB));
            await().until(() -> budget.waiting() == 1);
            Future<Boolean> second = threads.submit(growing(large, 4 * MB));
            await().until(() -> budget.waiting() == 2);

            favourite.close();

            assertThat(second.get()).isTrue();
            assertThat(first.get()).isTrue();
        }
    }

    @Test
    @Tag("attack-26")
    void whoGaveUpLeavesTheLastPartToOthers() {
        var budget = new MemoryBudget(16 * MB, 7 * MB, SHORT);
        MemoryBudget.Share holder = budget.share(known("holder"));
        holder.atLeast(7 * MB);
        assertThatThrownBy(() -> budget.share(known("large")).atLeast(8 * MB)).isInstanceOf(ApiException.class);

        MemoryBudget.Share next = budget.share(known("next"));
        next.atLeast(7 * MB);

        assertThat(budget.used()).isEqualTo(14 * MB);
    }

    @Test
    @Tag("attack-26")
    void anyNumberOfGrowingSharesComesToAnEndAndNeverTakesMoreThanThereIs() throws Exception {
        var budget = new MemoryBudget(20 * MB, 8 * MB, LONG);
        List<Future<Boolean>> all = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                Claimant claimant = known("c" + i % 25);
                all.add(threads.submit(() -> {
                    try (MemoryBudget.Share share = budget.share(claimant)) {
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

    @Test
    @Tag("attack-26")
    void oneNamespaceLeavesRoomForEveryOther() {
        var budget = new MemoryBudget(192 * MB, 100 * MB, SHORT);
        int refused = 0;
        for (int i = 0; i < 6; i++) {
            refused += isRefused(budget.share(known("greedy")), 100 * MB) ? 1 : 0;
        }
        for (int i = 0; i < 100; i++) {
            refused += isRefused(budget.share(known("greedy")), 2 * MB) ? 1 : 0;
        }

        assertThat(refused).isGreaterThan(50);
        for (int i = 0; i < 3; i++) {
            assertThat(isRefused(budget.share(known("other")), 4 * MB)).isFalse();
        }
    }

    @Test
    @Tag("attack-26")
    void strangersTogetherHaveAQuarterAndOneOfThemHalfOfThat() {
        var budget = new MemoryBudget(192 * MB, 100 * MB, SHORT);
        for (int i = 0; i < 60; i++) {
            isRefused(budget.share(stranger(1)), MB);
        }
        assertThat(budget.used()).isEqualTo(24 * MB);
        assertThat(isRefused(budget.share(stranger(2)), 2 * MB)).isFalse();
        for (int i = 0; i < 60; i++) {
            isRefused(budget.share(stranger(i)), MB);
        }

        assertThat(budget.used()).isLessThanOrEqualTo(48 * MB);
        assertThat(isRefused(budget.share(known("somebody")), 100 * MB)).isFalse();
    }

    private static boolean isRefused(MemoryBudget.Share share, long bytes) {
        try {
            share.atLeast(bytes);
            return false;
        } catch (ApiException e) {
            return true;
        }
    }

    private static Claimant known(String namespace) {
        return new Claimant.Known(new NamespaceName(namespace));
    }

    private static Claimant stranger(int number) {
        try {
            return new Claimant.Stranger(InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) number}));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static Callable<Boolean> growing(MemoryBudget.Share share, long bytes) {
        return () -> {
            share.atLeast(bytes);
            return true;
        };
    }
}

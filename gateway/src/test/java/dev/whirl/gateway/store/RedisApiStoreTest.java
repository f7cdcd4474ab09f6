package dev.whirl.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.whirl.gateway.Documents;
import dev.whirl.gateway.manage.Apis;
import dev.whirl.gateway.manage.RefusedException;
import dev.whirl.gateway.policy.Subscription;
import dev.whirl.gateway.route.Match;
import dev.whirl.gateway.route.SafePath;
import dev.whirl.gateway.store.redis.RedisApiStore;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

@Tag("G-5")
class RedisApiStoreTest extends ApiStoreContract {
    private static RedisServer server;

    @BeforeAll
    static void startRedis() {
        server = RedisServer.start();
    }

    @AfterAll
    static void stopRedis() {
        server.close();
    }

    @BeforeEach
    void forget() {
        try (var jedis = new Jedis(URI.create(server.url()))) {
            jedis.flushAll();
        }
    }

    @Override
    ApiStore open() {
        return new RedisApiStore(RedisAddress.parse(server.url(), ""));
    }

    @Test
    void theKeysAreThoseOfOpenWhisksGateway() throws ApiStore.ConflictException {
        store.put(SHOP_LATER, null);
        Subscription subscription = Subscription.of("t", "shop", "ada", "secret");
        store.put(subscription);

        try (var jedis = new Jedis(URI.create(server.url()))) {
            assertThat(jedis.hkeys("tenants")).containsExactly("t");
            assertThat(jedis.hget("apis", "shop")).contains("\"tenantId\":\"t\"", "\"basePath\":\"/shop\"");
            assertThat(jedis.smembers("resources:t:__index__"))
                    .containsExactlyInAnyOrder("resources:t:/shop/a", "resources:t:/shop/b/{c}");
            assertThat(jedis.hget("resources:t:/shop/b/{c}", "resources")).contains("\"PUT\"", "\"apiId\":\"shop\"");
            assertThat(jedis.keys("subscriptions:*"))
                    .containsExactly("subscriptions:tenant:t:api:shop:key:ada:" + subscription.secretHash());
        }
        store.remove(SHOP_LATER);
        try (var jedis = new Jedis(URI.create(server.url()))) {
            assertThat(jedis.keys("resources:*")).isEmpty();
            assertThat(jedis.keys("subscriptions:*")).isEmpty();
        }
    }

    @Test
    void aSnapshotHasKeysOfItsOwn() throws ApiStore.ConflictException {
        try (var other = new RedisApiStore(RedisAddress.parse(server.url(), "blue"))) {
            other.put(SHOP, null);
            other.put(Subscription.of("t", "shop", "ada", "secret"));

            assertThat(store.read().apis()).isEmpty();
            assertThat(other.read().apis()).containsExactly(SHOP);
            assertThat(other.read().subscriptions()).hasSize(1);
        }
        try (var jedis = new Jedis(URI.create(server.url()))) {
            assertThat(jedis.keys("*")).allMatch(each -> each.startsWith("snapshots:blue:"));
        }
    }

    @Test
    void manyWriteDifferentApisAtOnceAndAllAreThere() throws InterruptedException {
        var done = new CountDownLatch(8);
        for (int i = 0; i < 8; i++) {
            StoredApi api = new StoredApi("t", "api" + i, SHOP.document());
            Thread.ofVirtual().start(() -> {
                try (var other = open()) {
                    other.put(api, null);
                    done.countDown();
                } catch (ApiStore.ConflictException e) {
                    throw new IllegalStateException(e);
                }
            });
        }

        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(store.read().apis()).hasSize(8);
    }

    @Test
    void anotherGatewaySeesAChangeAndAnOutageIsServedFromMemory() throws RefusedException {
        var apis = new Apis(store, Documents.READER, 10);
        try (var otherStore = open()) {
            var other = new Apis(otherStore, Documents.READER, 10);
            other.refresh();
            apis.refresh();
            other.save("t", SHOP.document(), null);
            assertThat(find(apis)).isInstanceOf(Match.Nothing.class);
            apis.refresh();
            assertThat(find(apis)).isInstanceOf(Match.Found.class);

            server.stop();
            apis.refresh();
            assertThat(find(apis)).isInstanceOf(Match.Found.class);
            assertThatExceptionOfType(RefusedException.class)
                    .isThrownBy(() -> apis.save("t", BANK.document(), null))
                    .withMessageContaining("does not answer; nothing was changed")
                    .satisfies(e -> assertThat(e.status()).isEqualTo(503));
        } finally {
            server.startAgain();
        }
        apis.refresh();
        assertThat(apis.count()).isZero(); // it came back empty, and that is what counts
    }

    @Test
    void whatNobodyChangedIsNotPlannedAgain() throws Exception {
        var apis = new Apis(store, Documents.READER, 10);
        store.put(SHOP, null);
        apis.refresh();
        var before = (Match.Found) find(apis);
        onItsOwn(other -> other.put(BANK, null));

        apis.refresh();

        assertThat(apis.ofTenant("u")).containsExactly(BANK);
        assertThat(((Match.Found) find(apis)).api()).isSameAs(before.api());
    }

    @Test
    void aGatewayStartsWithoutRedisAndKnowsThatItKnowsNothing() {
        server.stop();
        try {
            var apis = new Apis(store, Documents.READER, 10);
            apis.refresh();
            assertThat(apis.areKnown()).isFalse();
            server.startAgain();
            apis.refresh();
            assertThat(apis.areKnown()).isTrue();
        } finally {
            server.stop();
            server.startAgain();
        }
    }

    @Test
    @Tag("G-2")
    void ofManySecretsThatAreSetAtOnceOneCounts() throws Exception {
        store.put(SHOP, null);
        for (int round = 0; round < 10; round++) {
            atOnce(IntStream.range(0, 6)
                    .<Work>mapToObj(i -> () -> onItsOwn(other -> other.put(ada("secret" + i))))
                    .toList());

            assertThat(subscriptionKeys()).hasSize(1);
        }
        store.remove(ada("some old secret"));
        assertThat(subscriptionKeys()).isEmpty();
    }

    @Test
    @Tag("G-2")
    void noClientOutlivesItsApi() throws Exception {
        for (int round = 0; round < 20; round++) {
            store.put(SHOP, null);

            atOnce(List.of(
                    () -> onItsOwn(other -> other.remove(SHOP)),
                    () -> onItsOwn(other -> {
                        try {
                            other.put(ada("secret"));
                        } catch (ApiStore.ConflictException e) {
                            // it came too late, and was told
                        }
                    })));

            assertThat(subscriptionKeys()).isEmpty();
        }
    }

    @Test
    @Tag("G-2")
    void aNewApiHasNoClientsWhoeverLeftSomeBehind() throws ApiStore.ConflictException {
        try (var jedis = new Jedis(URI.create(server.url()))) {
            jedis.set("subscriptions:tenant:t:api:shop:key:eve", "");
        }

        store.put(SHOP, null);

        assertThat(store.read().subscriptions()).isEmpty();
    }

    @Test
    void ofWhatAnotherGatewayTookAwayNothingIsKnownAsWritten() throws RefusedException {
        var apis = new Apis(store, Documents.READER, 10);
        try (var otherStore = open()) {
            var other = new Apis(otherStore, Documents.READER, 10);
            apis.refresh();
            StoredApi shop = apis.save("t", SHOP.document(), null);
            other.refresh();
            other.remove(shop);

            assertThatExceptionOfType(RefusedException.class)
                    .isThrownBy(() -> apis.save(Subscription.of("t", shop.id(), "ada", "secret")))
                    .satisfies(e -> assertThat(e.status()).isEqualTo(409));
            assertThat(apis.subscriptions(shop)).isEmpty();
        }
    }

    @Test
    void aRedisThatHangsIsWaitedForOnceAndThenChangesAreRefusedAtOnce() throws Exception {
        var apis = new Apis(store, Documents.READER, 50);
        apis.refresh();
        server.pause();
        try {
            long start = System.nanoTime();
            atOnce(Collections.nCopies(20, () -> assertAway(apis)));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));

            long later = System.nanoTime();
            assertAway(apis);
            assertThat(Duration.ofNanos(System.nanoTime() - later)).isLessThan(Duration.ofMillis(500));
        } finally {
            server.goOn();
        }
        apis.refresh();
        assertThat(apis.save("t", SHOP.document(), null).tenant()).isEqualTo("t");
    }

    @Test
    void aRedisThatCameBackEmptyIsReadAgainThoughItCountedAsFar() throws Exception {
        var apis = new Apis(store, Documents.READER, 10);
        apis.refresh();
        apis.save("t", SHOP.document(), null);
        apis.refresh();
        server.stop();
        try {
            apis.refresh();
        } finally {
            server.startAgain();
        }
        onItsOwn(other -> other.put(BANK, null));

        apis.refresh();

        assertThat(apis.ofTenant("t")).isEmpty();
        assertThat(apis.ofTenant("u")).containsExactly(BANK);
    }

    @Test
    void aRedisThatLostWritesIsReadAgainThoughNobodyLookedBetween() throws Exception {
        for (boolean isSeen : new boolean[] {true, false}) {
            forget();
            var apis = new Apis(store, Documents.READER, 10);
            apis.refresh();
            apis.save("t", SHOP.document(), null);
            if (isSeen) {
                apis.refresh();
            }
            server.stop();
            server.startAgain();
            onItsOwn(other -> other.put(BANK, null));

            apis.refresh();

            assertThat(apis.ofTenant("t")).isEmpty();
            assertThat(apis.ofTenant("u")).containsExactly(BANK);
        }
    }

    @Test
    @Tag("G-2")
    void aRevocationIsNotKeptWaitingByThoseWhoChangeOtherApis() throws Exception {
        try (var jedis = new Jedis(URI.create(server.url()))) {
            var pipeline = jedis.pipelined();
            for (int i = 0; i < 50_000; i++) {
                pipeline.set("other:" + i, "");
            }
            pipeline.sync();
        }
        store.put(SHOP, null);
        var isOver = new AtomicBoolean();
        var works = new ArrayList<Work>();
        for (int i = 0; i < 3; i++) {
            StoredApi api = new StoredApi("t", "api" + i, SHOP.document());
            works.add(() -> onItsOwn(other -> {
                while (!isOver.get()) {
                    other.put(api, null);
                    other.remove(api);
                }
            }));
        }
        works.add(() -> {
            try {
                for (int i = 0; i < 50; i++) {
                    store.put(ada("secret" + i));
                    store.remove(ada("secret"));
                }
            } finally {
                isOver.set(true);
            }
        });

        atOnce(works);

        assertThat(subscriptionKeys()).isEmpty();
    }

    @Test
    @Tag("G-5")
    void clientsThatOpenWhisksGatewayWroteAreRevokedLikeOthers() throws Exception {
        store.put(SHOP, null);
        try (var jedis = new Jedis(URI.create(server.url()))) {
            jedis.set("subscriptions:tenant:t:api:shop:key:ada:" + ada("old").secretHash(), "");
            jedis.set("subscriptions:tenant:t:api:shop:key:adam", "");
        }

        onItsOwn(other -> other.remove(ada("whatever")));

        assertThat(subscriptionKeys()).containsExactly("subscriptions:tenant:t:api:shop:key:adam");
        assertThat(store.read().subscriptions()).containsExactly(Subscription.of("t", "shop", "adam", null));
        store.remove(SHOP);
        assertThat(subscriptionKeys()).isEmpty();
        try (var jedis = new Jedis(URI.create(server.url()))) {
            assertThat(jedis.keys("whirl:clients:*")).isEmpty();
        }
    }

    private static void assertAway(Apis apis) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> apis.save("t", SHOP.document(), null))
                .withMessageContaining("does not answer; nothing was changed")
                .satisfies(e -> assertThat(e.status()).isEqualTo(503));
    }

    private interface Work {
        void run() throws Exception;
    }

    private interface Use {
        void of(ApiStore store) throws Exception;
    }

    /// Over a connection of its own, as another gateway.
    private void onItsOwn(Use use) throws Exception {
        try (var other = open()) {
            use.of(other);
        }
    }

    private static void atOnce(List<? extends Work> works) throws Exception {
        var start = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> running = works.stream()
                    .map(each -> threads.submit(() -> {
                        start.await();
                        each.run();
                        return true;
                    }))
                    .toList();
            start.countDown();
            for (Future<Boolean> each : running) {
                assertThat(each.get(30, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    private static Subscription ada(String secret) {
        return Subscription.of("t", "shop", "ada", secret);
    }

    private static Set<String> subscriptionKeys() {
        try (var jedis = new Jedis(URI.create(server.url()))) {
            return jedis.keys("subscriptions:*");
        }
    }

    private static Match find(Apis apis) {
        return apis.find("GET", SafePath.parse("/t/shop/a").orElseThrow());
    }
}

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
import java.util.concurrent.CountDownLatch;
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

        assertThat(done.await(20, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
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

    private static Match find(Apis apis) {
        return apis.find("GET", SafePath.parse("/t/shop/a").orElseThrow());
    }
}

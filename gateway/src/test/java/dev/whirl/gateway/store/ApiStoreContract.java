package dev.whirl.gateway.store;

import static dev.whirl.gateway.Documents.api;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.whirl.gateway.policy.Subscription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What every store of APIs does.
abstract class ApiStoreContract {
    static final StoredApi SHOP =
            new StoredApi("t", "shop", api("/shop", "{'/a':{'get':{}}}").compact());
    static final StoredApi SHOP_LATER = new StoredApi(
            "t", "shop", api("/shop", "{'/a':{'get':{}},'/b/{c}':{'put':{}}}").compact());
    static final StoredApi BANK =
            new StoredApi("u", "bank", api("/", "{'/a':{'get':{}}}").compact());

    ApiStore store;

    /// On what was stored before.
    abstract ApiStore open();

    @BeforeEach
    void openIt() {
        store = open();
    }

    @AfterEach
    void closeIt() {
        store.close();
    }

    @Test
    void apisAreThereAfterItIsOpenedAgain() throws ApiStore.ConflictException {
        store.put(SHOP, null);
        store.put(BANK, null);
        store.put(SHOP_LATER, SHOP);
        store.put(Subscription.of("t", "shop", "ada", "secret"));
        store.put(Subscription.of("u", "bank", "eve", null));

        reopen();

        assertThat(store.read().apis()).containsExactlyInAnyOrder(SHOP_LATER, BANK);
        assertThat(store.read().subscriptions())
                .containsExactlyInAnyOrder(
                        Subscription.of("t", "shop", "ada", "secret"), Subscription.of("u", "bank", "eve", null));
    }

    @Test
    void whoComesTooLateIsRefused() throws ApiStore.ConflictException {
        store.put(SHOP, null);
        store.put(SHOP_LATER, SHOP);

        assertThatExceptionOfType(ApiStore.ConflictException.class).isThrownBy(() -> store.put(SHOP, null));
        assertThatExceptionOfType(ApiStore.ConflictException.class).isThrownBy(() -> store.put(SHOP, SHOP));
        assertThatExceptionOfType(ApiStore.ConflictException.class).isThrownBy(() -> store.remove(SHOP));
        assertThat(store.read().apis()).containsExactly(SHOP_LATER);
    }

    @Test
    void anApiGoesWithItsSubscriptions() throws ApiStore.ConflictException {
        store.put(SHOP, null);
        store.put(BANK, null);
        store.put(Subscription.of("t", "shop", "ada", "secret"));
        store.put(Subscription.of("u", "bank", "ada", "secret"));

        store.remove(SHOP);

        assertThat(store.read().apis()).containsExactly(BANK);
        assertThat(store.read().subscriptions()).containsExactly(Subscription.of("u", "bank", "ada", "secret"));
    }

    @Test
    @Tag("G-5")
    void aNewSecretTakesThePlaceOfTheOldOneWhichIsNowhereToRead() throws ApiStore.ConflictException {
        store.put(SHOP, null);
        store.put(Subscription.of("t", "shop", "ada", null));
        store.put(Subscription.of("t", "shop", "ada", "first"));
        store.put(Subscription.of("t", "shop", "ada", "second"));

        var subscription = store.read().subscriptions().getFirst();
        assertThat(store.read().subscriptions()).hasSize(1);
        assertThat(subscription.hasSecret("second")).isTrue();
        assertThat(subscription.hasSecret("first")).isFalse();
        assertThat(subscription.hasSecret(null)).isFalse();
        assertThat(subscription.secretHash()).doesNotContain("second");

        store.remove(subscription);
        assertThat(store.read().subscriptions()).isEmpty();
    }

    @Test
    @Tag("G-2")
    void aClientIsRemovedWhateverItsSecretBecameMeanwhile() throws ApiStore.ConflictException {
        store.put(SHOP, null);
        Subscription known = Subscription.of("t", "shop", "ada", "first");
        store.put(known);
        store.put(Subscription.of("t", "shop", "ada", "second"));

        store.remove(known);

        assertThat(store.read().subscriptions()).isEmpty();
    }

    @Test
    @Tag("G-2")
    void nobodyBecomesAClientOfAnApiThatIsGone() throws ApiStore.ConflictException {
        store.put(SHOP, null);
        store.put(BANK, null);
        store.remove(SHOP);

        assertThatExceptionOfType(ApiStore.ConflictException.class)
                .isThrownBy(() -> store.put(Subscription.of("t", "shop", "ada", "secret")));
        assertThatExceptionOfType(ApiStore.ConflictException.class)
                .isThrownBy(() -> store.put(Subscription.of("t", "bank", "ada", "secret")));

        store.put(SHOP, null);
        assertThat(store.read().subscriptions()).isEmpty();
    }

    @Test
    void everyWriteIsSeen() throws ApiStore.ConflictException {
        String before = store.version();
        store.put(SHOP, null);
        String between = store.version();
        store.put(Subscription.of("t", "shop", "ada", null));

        assertThat(between).isNotEqualTo(before);
        assertThat(store.version()).isNotEqualTo(between);
    }

    final void reopen() {
        store.close();
        store = open();
    }
}

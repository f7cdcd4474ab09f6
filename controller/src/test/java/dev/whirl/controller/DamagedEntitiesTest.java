package dev.whirl.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.controller.Http.Reply;
import dev.whirl.controller.TestPlatform.Options;
import dev.whirl.store.memory.MemoryStores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Entities whose documents can't be read any more: their owner can get rid of them.
@Tag("R-16")
@Tag("attack-44")
class DamagedEntitiesTest {
    private FaultyStores stores;
    private TestPlatform platform;
    private Http guest;

    @BeforeEach
    void start() {
        var sound = new MemoryStores();
        stores = new FaultyStores(sound);
        platform = TestPlatform.start(Options.STANDARD, sound, stores);
        guest = platform.asGuest();
        guest.putNodeAction("a");
        guest.put("triggers/t", "{}");
        guest.put("packages/p", "{}");
        guest.put("rules/r", "{\"trigger\":\"_/t\",\"action\":\"_/a\"}");
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    @Test
    @Tag("R-28")
    void whatCanNotBeReadCanBeDeletedAndPutAgain() {
        for (String each : new String[] {"actions/a", "triggers/t", "packages/p"}) {
            String name = each.substring(each.indexOf('/') + 1);
            stores.damage(name);

            Reply deleted = guest.delete(each);

            assertThat(deleted.status()).as(deleted.body()).isEqualTo(200);
            assertThat(deleted.body()).isEqualTo("{\"namespace\":\"guest\",\"name\":\"%s\"}".formatted(name));
            assertThat(guest.get(each).status()).isEqualTo(404);
            assertThat(guest.delete(each).status()).isEqualTo(404);
        }
        assertThat(guest.putNodeAction("a").status()).isEqualTo(200);
    }

    @Test
    @Tag("R-34")
    void aRuleThatCanNotBeReadFiresNothingOnceItIsDeleted() {
        stores.damage("r");

        Reply deleted = guest.delete("rules/r");

        assertThat(deleted.status()).isEqualTo(200);
        assertThat(guest.get("triggers/t").json().field("rules")).isEmpty();
        assertThat(guest.post("triggers/t", "{}").status()).isEqualTo(204);
    }

    @Test
    @Tag("R-113")
    void aRuleOfATriggerThatCanNotBeReadIsInactiveAndCanBeDeleted() {
        stores.damage("t");

        assertThat(guest.get("rules/r").at("status")).isEqualTo("inactive");
        assertThat(guest.delete("rules/r").status()).isEqualTo(200);
    }

    @Test
    @Tag("R-103")
    void aPackageThatCanNotBeReadIsDeletedWithItsContentsOnlyByForce() {
        guest.putNodeAction("p/x");
        stores.damage("p");

        assertThat(guest.delete("packages/p").status()).isEqualTo(409);
        assertThat(guest.delete("packages/p?force=true").status()).isEqualTo(200);
        assertThat(guest.get("actions?count=true").body()).isEqualTo("{\"actions\":1}");
    }

    @Test
    @Tag("trap-12")
    void itIsNotDeletedAsSomethingElse() {
        stores.damage("a");

        Reply refused = guest.delete("triggers/a");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(guest.get("actions?count=true").body()).isEqualTo("{\"actions\":1}");
    }
}

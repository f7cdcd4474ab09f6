package dev.whirl.model.activation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.common.config.ConfigReader;
import dev.whirl.model.TransactionId;
import dev.whirl.model.activation.ActivationResponse.Status;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.identity.AuthKey;
import dev.whirl.model.identity.Identity;
import dev.whirl.model.identity.Namespace;
import dev.whirl.model.limits.NamespaceLimits;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R-139")
@Tag("I-50")
class StorageRulesTest {
    private static final TransactionId CALL = new TransactionId("t");

    @Test
    void eachLevelKeepsTheseOutcomes() {
        assertThat(kept(StorageLevel.ALWAYS)).containsExactly(Status.values());
        assertThat(kept(StorageLevel.FAILURES))
                .containsExactly(Status.APPLICATION_ERROR, Status.DEVELOPER_ERROR, Status.WHISK_ERROR);
        assertThat(kept(StorageLevel.FAILURES_NOT_APPLICATION_ERRORS))
                .containsExactly(Status.DEVELOPER_ERROR, Status.WHISK_ERROR);
    }

    @Test
    void blockingCallsAndOthersHaveALevelEach() {
        var rules = new StorageRules(StorageLevel.FAILURES, StorageLevel.ALWAYS, false);

        assertThat(rules.keeps(CALL, caller(null), true, Status.SUCCESS)).isFalse();
        assertThat(rules.keeps(CALL, caller(null), false, Status.SUCCESS)).isTrue();
    }

    @Test
    @Tag("R-156")
    void aNamespaceThatWantsNoneGetsNone() {
        for (Status each : Status.values()) {
            assertThat(StorageRules.ALL.keeps(CALL, caller(false), true, each)).isFalse();
            assertThat(StorageRules.ALL.keeps(CALL, caller(true), true, each)).isTrue();
        }
    }

    @Test
    @Tag("R-5")
    void whoAsksForExtraLoggingGetsAllOfHis() {
        var rules = new StorageRules(StorageLevel.FAILURES, StorageLevel.FAILURES, false);

        assertThat(rules.keeps(CALL.traced(), caller(false), true, Status.SUCCESS))
                .isTrue();
    }

    @Test
    void theSettingsAreRead() {
        var values = Map.of("records.store-blocking", "failures", "records.log-skipped", "yes");
        var reader = new ConfigReader(List.of(new ConfigReader.Source("--set", values)), Map.of());

        StorageRules read = StorageRules.read(reader);
        reader.finish();

        assertThat(read).isEqualTo(new StorageRules(StorageLevel.FAILURES, StorageLevel.ALWAYS, true));
    }

    private static List<Status> kept(StorageLevel level) {
        return Arrays.stream(Status.values()).filter(level::keeps).toList();
    }

    private static Identity caller(@Nullable Boolean stores) {
        return new Identity(
                "somebody",
                new Namespace(new NamespaceName("ns"), "u"),
                new AuthKey("u", "k"),
                new NamespaceLimits(null, null, null, null, stores));
    }
}

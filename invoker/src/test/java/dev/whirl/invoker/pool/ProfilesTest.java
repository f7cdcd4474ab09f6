package dev.whirl.invoker.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProfilesTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final Demand HOT = Fixtures.demand("hot", 128);

    private final Profiles profiles =
            new Profiles(Fixtures.config(1024, new DemandConfig(true, Duration.ofHours(2), 8, 2)));

    @Test
    void anActionThatIsCalledInItsSandboxIsNotTheOneToForget() {
        var group = new ActionGroup(HOT.key(), profiles.of(HOT.key()));
        profiles.of(Fixtures.key("second"));

        profiles.called(group, HOT, 10 * SECOND);
        profiles.of(Fixtures.key("third"));

        assertThat(profiles.of(HOT.key())).isSameAs(group.profile);
        assertThat(profiles.all()).hasSize(2);
    }

    @Test
    void theFirstCallThatFindsAnotherOneRunningTellsNothingOfHowFarApartTheyCome() {
        var group = new ActionGroup(HOT.key(), profiles.of(HOT.key()));
        var slot = new Slot(1, HOT.spec(), 0);
        slot.state = new SandboxState.Busy(1);
        group.enter(slot);

        profiles.called(group, HOT, 3_600 * SECOND);
        int afterFirst = group.profile.overlaps.total();
        profiles.called(group, HOT, 3_605 * SECOND);

        assertThat(afterFirst).isZero();
        assertThat(group.profile.overlaps.total()).isOne();
    }
}

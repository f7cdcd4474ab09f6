package dev.whirl.model.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.common.units.ByteSize;
import dev.whirl.model.entity.ActionLimits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R-156")
class SystemLimitsTest {
    private static final SystemLimits SYSTEM = SystemLimits.OPENWHISK;

    @Test
    void aNamespaceWithoutLimitsHasTheSystems() {
        assertThat(SYSTEM.in(NamespaceLimits.NONE)).isSameAs(SYSTEM);
    }

    @Test
    void ownBoundsNarrowTheSystemsAndMoveTheStandard() {
        SystemLimits counting = SYSTEM.in(with(memory(null, 192)));

        assertThat(counting.memory())
                .isEqualTo(new Range<>(ByteSize.mebibytes(128), ByteSize.mebibytes(192), ByteSize.mebibytes(192)));
        assertThat(counting.timeout()).isEqualTo(SYSTEM.timeout());
        assertThat(SYSTEM.in(with(memory(384L, null))).memory().standard()).isEqualTo(ByteSize.mebibytes(384));
    }

    @Test
    @Tag("R-150")
    @Tag("trap-15")
    void theDefaultsAreThoseOfADeployedOpenWhisk() {
        assertThat(SYSTEM.invocationsPerMinute()).isEqualTo(60);
        assertThat(SYSTEM.concurrentInvocations()).isEqualTo(30);
        assertThat(SYSTEM.firesPerMinute()).isEqualTo(60);
        assertThat(SYSTEM.sequenceLength()).isEqualTo(50);
    }

    @Test
    void boundsOfAllNamespacesCountWhereOneHasNoneOfItsOwn() {
        SystemLimits system = SYSTEM.withNamespaces(
                memory(192L, 256).over(with(new ActionBounds.Sizes(null, ByteSize.bytes(10), null))));

        SystemLimits byDefault = system.in(NamespaceLimits.NONE);
        SystemLimits higher = system.in(with(memory(null, 512)));
        SystemLimits contrary = system.in(with(memory(384L, null)));

        assertThat(byDefault.memory().min()).isEqualTo(ByteSize.mebibytes(192));
        assertThat(byDefault.memory().max()).isEqualTo(ByteSize.mebibytes(256));
        assertThat(byDefault.payload()).isEqualTo(ByteSize.bytes(10));
        assertThat(byDefault.timeout()).isEqualTo(SYSTEM.timeout());
        assertThat(higher.memory().min()).isEqualTo(ByteSize.mebibytes(192));
        assertThat(higher.memory().max()).isEqualTo(ByteSize.mebibytes(512));
        assertThat(contrary.memory().max()).isEqualTo(ByteSize.mebibytes(384));
        assertThat(contrary.payload()).isEqualTo(ByteSize.bytes(10));
    }

    @Test
    void ownBoundsBeyondTheSystemsCountAsTheSystems() {
        assertThat(SYSTEM.in(with(memory(64L, 4096))).memory()).isEqualTo(SYSTEM.memory());
        assertThat(SYSTEM.in(with(memory(null, 64))).memory().max()).isEqualTo(ByteSize.mebibytes(128));
    }

    @Test
    @Tag("R-84")
    @Tag("R-138")
    void ownSizesAreCapped() {
        var sizes = new ActionBounds.Sizes(ByteSize.bytes(10), ByteSize.bytes(20), ByteSize.bytes(5));
        var large = new ActionBounds.Sizes(ByteSize.mebibytes(9), ByteSize.mebibytes(9), ByteSize.mebibytes(9));

        SystemLimits counting = SYSTEM.in(with(with(sizes)));

        assertThat(counting.parameters()).isEqualTo(ByteSize.bytes(10));
        assertThat(counting.payload()).isEqualTo(ByteSize.bytes(20));
        assertThat(counting.result()).isEqualTo(ByteSize.bytes(20));
        assertThat(counting.truncation()).isEqualTo(ByteSize.bytes(5));
        assertThat(SYSTEM.in(with(with(large)))).isEqualTo(SYSTEM);
    }

    @Test
    @Tag("R-150")
    void quotasAreTheNamespacesOwnEvenIfHigher() {
        SystemLimits counting = SYSTEM.in(new NamespaceLimits(1000, 2, 7, null, null));

        assertThat(counting.invocationsPerMinute()).isEqualTo(1000);
        assertThat(counting.concurrentInvocations()).isEqualTo(2);
        assertThat(counting.firesPerMinute()).isEqualTo(7);
    }

    @Test
    @Tag("R-64")
    void instancesAreBoundedByTheConcurrency() {
        assertThat(SYSTEM.instances(NamespaceLimits.NONE)).isEqualTo(30);
        assertThat(SYSTEM.instances(instances(5))).isEqualTo(5);
        assertThat(SYSTEM.instances(instances(50))).isEqualTo(30);
    }

    @Test
    @Tag("R-64")
    void anActionBeyondTheLimitsIsRefusedWithTheFirstReason() {
        var asked = new ActionLimits(Duration.ofMinutes(2), ByteSize.mebibytes(256), ByteSize.mebibytes(10), 1, null);

        assertThat(LimitRules.refusal(asked, SYSTEM)).isEmpty();
        assertThat(LimitRules.refusal(asked, SYSTEM.in(with(memory(null, 128)))))
                .contains("memory size 256 MB exceeds allowed threshold of 128 MB");
        assertThat(LimitRules.refusal(asked, SYSTEM.in(with(memory(512L, null)))))
                .contains("memory size 256 MB below allowed threshold of 512 MB");
        var minute = new ActionBounds(
                Bounds.none(),
                new Bounds<>(null, ByteSize.mebibytes(10)),
                new Bounds<>(null, Duration.ofMinutes(1)),
                Bounds.none(),
                ActionBounds.Sizes.NONE,
                ActionBounds.Instances.NONE);
        assertThat(LimitRules.refusal(asked, SYSTEM.in(with(minute))))
                .contains("duration 120000 milliseconds exceeds allowed threshold of 60000 milliseconds");
    }

    private static ActionBounds memory(@Nullable Long min, @Nullable Integer max) {
        return new ActionBounds(
                new Bounds<>(
                        min == null ? null : ByteSize.mebibytes(min), max == null ? null : ByteSize.mebibytes(max)),
                Bounds.none(),
                Bounds.none(),
                Bounds.none(),
                ActionBounds.Sizes.NONE,
                ActionBounds.Instances.NONE);
    }

    private static ActionBounds with(ActionBounds.Sizes sizes) {
        return new ActionBounds(
                Bounds.none(), Bounds.none(), Bounds.none(), Bounds.none(), sizes, ActionBounds.Instances.NONE);
    }

    private static NamespaceLimits with(ActionBounds actions) {
        return new NamespaceLimits(null, null, null, null, null, actions);
    }

    private static NamespaceLimits instances(int max) {
        return with(new ActionBounds(
                Bounds.none(),
                Bounds.none(),
                Bounds.none(),
                Bounds.none(),
                ActionBounds.Sizes.NONE,
                new ActionBounds.Instances(max, null, null)));
    }
}

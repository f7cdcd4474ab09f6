package dev.whirl.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.bench.process.PlatformProcesses.Member;
import dev.whirl.bench.process.ProcessStat;
import dev.whirl.bench.process.ProcessTree;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CostTest {
    /// Above all that a kernel gives: nobody has them.
    private static final long FIRST_ID = 5_000_000;

    private static final Member SERVER = new Member("server", FIRST_ID);
    private static final Member ONE = new Member("controller", FIRST_ID + 1);
    private static final Member OTHER = new Member("controller", FIRST_ID + 2);
    private static final Member INVOKER = new Member("invoker", FIRST_ID + 3);
    private static final Member DATABASE = new Member("database", FIRST_ID + 4);

    @Test
    void theServerOfAClusterIsItsControllersAndInvokersAndAllElseIsToldApart() {
        Map<Member, ProcessTree> before = Map.of(
                ONE, at(ONE, 10, 0), OTHER, at(OTHER, 10, 0), INVOKER, at(INVOKER, 5, 5), DATABASE, at(DATABASE, 0, 0));
        Map<Member, ProcessTree> after = Map.of(
                ONE,
                at(ONE, 30, 0),
                OTHER,
                at(OTHER, 20, 0),
                INVOKER,
                at(INVOKER, 45, 65),
                DATABASE,
                at(DATABASE, 7, 1));

        Cost cost = Cost.between(before, after, 1000).orElseThrow();

        assertThat(cost.serverMicrosPerCall()).isEqualTo(20 + 10 + 40);
        assertThat(cost.runtimesMicrosPerCall()).isEqualTo(60);
        assertThat(cost.apart()).isEqualTo(Map.of("controller", 20.0 + 10.0, "invoker", 40.0, "database", 7.0 + 1.0));
    }

    @Test
    void ofAPlatformInOneProcessNothingIsToldApart() {
        Cost cost = Cost.between(Map.of(SERVER, at(SERVER, 0, 0)), Map.of(SERVER, at(SERVER, 3, 2)), 1000)
                .orElseThrow();

        assertThat(cost.serverMicrosPerCall()).isEqualTo(3);
        assertThat(cost.apart()).isEmpty();
    }

    @Test
    void whatWasNotSeenBothTimesCostsNothing() {
        assertThat(Cost.between(Map.of(), Map.of(SERVER, at(SERVER, 3, 2)), 1000))
                .isEmpty();
        assertThat(Cost.between(Map.of(SERVER, at(SERVER, 3, 2)), Map.of(), 1000))
                .isEmpty();
    }

    /// @param below milliseconds of a process that it started
    private static ProcessTree at(Member member, long own, long below) {
        var root = new ProcessStat(member.id(), 1, Duration.ofMillis(own), Duration.ZERO);
        long child = member.id() + 1000;
        return new ProcessTree(
                root, List.of(new ProcessStat(child, member.id(), Duration.ofMillis(below), Duration.ZERO)));
    }
}

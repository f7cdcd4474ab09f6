package dev.whirl.sandbox.process;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.whirl.sandbox.process.launch.KernelSurfaceTest;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/// Those of the other tests in which it matters how a sandbox was made, for sandboxes that a warm parent forked.
class ForkedExhaustionTest {
    @BeforeAll
    static void open() throws Exception {
        Rig.fork(true);
        ExhaustionTest.open();
        HostileWireTest.open();
    }

    @AfterAll
    static void close() {
        ExhaustionTest.close();
        HostileWireTest.close();
        Rig.fork(false);
    }

    @TestFactory
    @Tag("attack-19")
    @Tag("attack-20")
    @Tag("attack-21")
    Stream<DynamicTest> whatAForkMayTakeIsBounded() {
        var test = new ExhaustionTest();
        return Stream.of(
                dynamicTest("memory", test::whoTakesMoreMemoryThanItsLimitDiesOfThat),
                dynamicTest("disk", test::theDiskCannotBeFilled),
                dynamicTest("files", test::openFilesAreBounded));
    }

    @TestFactory
    @Tag("attack-8")
    @Tag("attack-12")
    Stream<DynamicTest> whatAForkMayAskTheKernelForIsBounded() {
        var kernel = new KernelSurfaceTest();
        return Stream.of(
                dynamicTest("calls", kernel::dangerousCallsFail),
                dynamicTest("capabilities", kernel::thereAreNoCapabilitiesAndNoWayToGetThem),
                dynamicTest("frames", new HostileWireTest()::garbageEndsTheSandbox));
    }
}

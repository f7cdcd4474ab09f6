package dev.whirl.sandbox.process;

import dev.whirl.sandbox.process.launch.KernelSurfaceTest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Runs tests of this suite in a process of a user who is not root: no control groups, no users for sandboxes.
public final class OrdinaryUser {
    private interface Check {
        void run() throws Exception;
    }

    private OrdinaryUser() {}

    public static void main(String[] arguments) throws Exception {
        int failed = 0;
        failed += run(breakOuts(), BreakOutTest::open, BreakOutTest::close);
        failed += run(exhaustion(), ExhaustionTest::open, ExhaustionTest::close);
        failed += run(hostileWires(), HostileWireTest::open, HostileWireTest::close);
        failed += run(networks(), FilteredNetworkTest::open, FilteredNetworkTest::close);
        failed += run(promises(), ProcessSandboxTest::open, ProcessSandboxTest::close);
        Rig.fork(true);
        failed += run(breakOuts(), BreakOutTest::open, BreakOutTest::close);
        failed += run(hostileWires(), HostileWireTest::open, HostileWireTest::close);
        failed += run(forkedExhaustion(), ExhaustionTest::open, ExhaustionTest::close);
        failed += run(forked(), ForkedSandboxTest::open, ForkedSandboxTest::close);
        System.out.println("done, failed " + failed);
        System.exit(failed);
    }

    private static Map<String, Check> breakOuts() {
        var test = new BreakOutTest();
        var checks = new LinkedHashMap<String, Check>();
        checks.put("connect again", test::nobodyCanConnectToTheWireAgainAndSendAnInit);
        checks.put("overwrite", test::programsAndTheRuntimeItselfCannotBeOverwritten);
        checks.put("files of others", test::filesOfOneSandboxAreNotThereInAnother);
        checks.put("daemon", test::aDaemonThatSurvivesTheReplyIsSeen);
        checks.put("ending child", test::aChildThatIsJustEndingIsNoLeftover);
        checks.put("socket in a child", test::aChildThatKeepsTheSocketToAnswerLaterRunsIsSeenBeforeTheNextOne);
        checks.put("early answer", test::anAnswerForARunThatIsStillToComeEndsTheSandbox);
        checks.put("server", test::nothingOfTheServerIsVisible);
        checks.put("processes", test::onlyProcessesOfTheSandboxAreVisible);
        checks.put("signals", test::theServerCannotBeSignalled);
        checks.put("covered folders", test::foldersOfTheServerThatLieBelowUsrAreCovered);
        checks.put("sockets", test::socketsOfThisMachineAreUnreachable);
        checks.put("users", test::theKernelSeesAnotherUserInEachSandboxOfARootServer);
        checks.put("network", test::withoutNetworkNothingCanBeReached);
        checks.put("spin", test::codeThatSpinsAndIgnoresSignalsIsEndedAfterItsTime);
        return checks;
    }

    private static Map<String, Check> exhaustion() {
        var test = new ExhaustionTest();
        var checks = new LinkedHashMap<String, Check>();
        checks.put("fork bomb", test::aForkBombIsBounded);
        checks.put("endless fork bomb", test::aForkBombThatNeverStopsIsEnded);
        checks.put("memory", test::whoTakesMoreMemoryThanItsLimitDiesOfThat);
        checks.put("memory of a child", test::aChildThatTakesTooMuchMemoryCountsAsTheRun);
        checks.put("memory between runs", test::whatAProcessOfTheInitTakesTooMuchBetweenRunsIsNoRunsFault);
        checks.put("files in memory", test::filesInMemoryCountAsMemory);
        checks.put("mapped files in memory", test::aMappedFileInMemoryCountsOnce);
        checks.put("memory within the limit", test::whatFitsIsAllowed);
        checks.put("disk", test::theDiskCannotBeFilled);
        checks.put("writable folders", test::onlyTheBoundedFoldersCanBeWritten);
        checks.put("files", test::filesWithoutContentAreBoundedToo);
        checks.put("open files", test::openFilesAreBounded);
        checks.put("flood", test::aFloodOfOutputIsCutAtItsLimit);
        return checks;
    }

    /// Those in which the way to start makes a difference.
    private static Map<String, Check> forkedExhaustion() {
        Map<String, Check> checks = exhaustion();
        checks.keySet().retainAll(Set.of("fork bomb", "memory", "files in memory", "files"));
        return checks;
    }

    private static Map<String, Check> forked() {
        var test = new ForkedSandboxTest();
        var checks = new LinkedHashMap<String, Check>();
        checks.put("numbers", test::twoForksDrawDifferentNumbers);
        checks.put("files of the machine", test::theNamesThatTheMachineGivesAreReadInAFork);
        checks.put("nothing of the parent", test::nothingOfTheParentIsLeftInAFork);
        return checks;
    }

    private static Map<String, Check> hostileWires() {
        var test = new HostileWireTest();
        var kernel = new KernelSurfaceTest();
        var checks = new LinkedHashMap<String, Check>();
        checks.put("garbage", test::garbageEndsTheSandbox);
        checks.put("system calls", kernel::dangerousCallsFail);
        checks.put("capabilities", kernel::thereAreNoCapabilitiesAndNoWayToGetThem);
        return checks;
    }

    private static Map<String, Check> networks() {
        var test = new FilteredNetworkTest();
        var checks = new LinkedHashMap<String, Check>();
        checks.put("api", test::theApiIsReachedAtTheAddressThatFunctionsAreTold);
        checks.put("this machine", test::nothingElseOfThisMachineIsReached);
        checks.put("metadata", test::metadataAndNeighboursAreNotReached);
        checks.put("rules", test::theRulesCannotBeChangedFromWithin);
        checks.put("outside", test::theOutsideIsReachedThroughTheGateway);
        checks.put("names", test::namesAreAskedFromTheMachinesServer);
        checks.put("abstract sockets", test::abstractSocketsOfThisMachineAreUnreachable);
        checks.put(
                "abstract sockets of a shared network",
                test::abstractSocketsAreUnreachableInASharedNetworkWhereTheKernelHasLandlock);
        checks.put("carrier", test::whatCarriesThePacketsIsOutOfSightAndHarmless);
        checks.put("end of the carrier", test::whatCarriesThePacketsEndsWithTheSandbox);
        checks.put("first process killed", test::nothingOfASandboxStaysWhenItsFirstProcessIsKilled);
        checks.put("clean", test::aSandboxWithANetworkIsCleanAfterARun);
        checks.put("lost network", test::aSandboxThatLostItsNetworkIsDead);
        checks.put("many connections", test::manyConnectionsAtATimeLeaveTheNetworkWorking);
        checks.put("pausing a network", test::theNetworkIsPausedAndResumedWithItsSandbox);
        return checks;
    }

    private static Map<String, Check> promises() {
        var test = new ProcessSandboxTest();
        var checks = new LinkedHashMap<String, Check>();
        checks.put("concurrency", test::severalRunsAtATimeAreAnsweredInAnyOrder);
        checks.put("output", test::unmarkedOutputBelongsToTheRunInFlight);
        checks.put("end", test::anEndedRuntimeIsReportedWithItsStatusAndLaterCallsReachNobody);
        checks.put("resize", test::aStemCellGetsTheMemoryOfItsAction);
        checks.put("pause", test::aPausedSandboxDoesNothingUntilItIsResumed);
        checks.put("close", test::closingTwiceIsClosingOnceAndLeavesNothing);
        checks.put("no isolation", test::withoutIsolationCodeRunsToo);
        return checks;
    }

    private static int run(Map<String, Check> checks, Check before, Check after) throws Exception {
        int failed = 0;
        before.run();
        for (var check : checks.entrySet()) {
            try {
                check.getValue().run();
                System.out.println("ok: " + check.getKey());
            } catch (Exception | AssertionError e) {
                failed++;
                System.out.println("FAILED: " + check.getKey() + ": " + e);
            }
        }
        after.run();
        return failed;
    }
}

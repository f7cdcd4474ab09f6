package dev.whirl.sandbox.process;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/// As [BreakOutTest], for sandboxes that a warm parent forked.
class ForkedBreakOutTest extends BreakOutTest {
    @BeforeAll
    public static void open() throws Exception {
        Rig.fork(true);
        BreakOutTest.open();
    }

    @AfterAll
    public static void close() {
        BreakOutTest.close();
        Rig.fork(false);
    }
}

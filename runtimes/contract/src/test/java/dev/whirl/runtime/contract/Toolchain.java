package dev.whirl.runtime.contract;

import dev.whirl.sandbox.RuntimeReadiness;
import org.junit.jupiter.api.Assumptions;

/// The tools of a language, which a machine may not have.
final class Toolchain {
    private Toolchain() {}

    /// Reports the tests of a language whose tools are not here as not run, with what to do.
    static void require(String kind) {
        RuntimeReadiness readiness = Backend.readiness(kind);
        if (!readiness.isReady()) {
            String reason = "not run: %s is not here: %s".formatted(kind, readiness.explanation());
            System.out.println(reason);
            Assumptions.abort(reason);
        }
    }

    /// The same for a language that Debian has: with `CI=true` its tools must be here.
    static void requireOfDebian(String kind) {
        RuntimeReadiness readiness = Backend.readiness(kind);
        if (!readiness.isReady() && "true".equals(System.getenv("CI"))) {
            throw new AssertionError("%s: %s".formatted(kind, readiness.explanation()));
        }
        require(kind);
    }
}

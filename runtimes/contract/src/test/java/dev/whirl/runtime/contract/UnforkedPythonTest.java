package dev.whirl.runtime.contract;

import dev.whirl.sandbox.SandboxException;

/// The runtime for Python, started anew for each sandbox.
class UnforkedPythonTest extends PythonTest {
    @Override
    TestSandbox start() throws SandboxException, InterruptedException {
        return Backend.startUnforked(kind());
    }

    @Override
    boolean isForked() {
        return false;
    }
}

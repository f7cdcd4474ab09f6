package dev.whirl.sandbox.process;

import java.util.concurrent.locks.LockSupport;

/// A server with a sandbox, to be killed.
final class DyingServer {
    private DyingServer() {}

    public static void main(String[] arguments) throws Exception {
        Rig rig = Rig.open();
        Probe probe = rig.start();
        probe.answer("{'do':'daemonize'}");
        System.out.println("ready");
        while (probe.sandbox().spec() != null) {
            LockSupport.park();
        }
    }
}

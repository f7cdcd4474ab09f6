package dev.whirl.sandbox.process;

import java.util.concurrent.locks.LockSupport;

/// A server with sandboxes, to be killed. Its argument says what they are doing then.
final class DyingServer {
    private static final int STARTERS = 6;

    private DyingServer() {}

    public static void main(String[] arguments) throws Exception {
        Rig.fork(arguments[0].equals("forked"));
        Rig rig = Rig.open();
        switch (arguments[0]) {
            case "leaving", "forked" -> rig.start().answer("{'do':'daemonize'}");
            case "paused" -> rig.start().sandbox().pause();
            case "starting" -> startEndlessly(rig);
            case "networked" -> Rig.open("network", "filtered").start().answer("{'do':'echo'}");
            default -> throw new IllegalArgumentException(arguments[0]);
        }
        System.out.println("ready");
        while (rig.config().launch() != null) {
            LockSupport.park();
        }
    }

    private static void startEndlessly(Rig rig) throws Exception {
        rig.serves();
        for (int i = 0; i < STARTERS; i++) {
            Thread.ofPlatform().daemon().start(() -> {
                try {
                    while (rig.config().launch() != null) {
                        rig.serves();
                    }
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
        }
    }
}

package dev.whirl.e2e.support;

/// The one server that most tests use, started by the first of them and stopped when the tests end.
public final class SharedServer {
    private static final WhirlServer SERVER = start();
    private static final Api GUEST = Api.guest(SERVER);
    private static final Api SYSTEM = Api.system(SERVER);

    private SharedServer() {}

    private static WhirlServer start() {
        WhirlServer server = WhirlServer.start(ServerOptions.DEFAULT);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(server::close));
        return server;
    }

    public static WhirlServer get() {
        return SERVER;
    }

    public static Api guest() {
        return GUEST;
    }

    /// The caller who owns the namespace `whisk.system`.
    public static Api system() {
        return SYSTEM;
    }

    /// A caller without credentials.
    public static Api anonymous() {
        return GUEST.with(null);
    }
}

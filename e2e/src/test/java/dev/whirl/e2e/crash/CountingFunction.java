package dev.whirl.e2e.crash;

import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Code;

/// A function that tells a counter outside of the platform when it begins, waits a little, and returns its token.
public final class CountingFunction {
    public static final String NAME = "counting";

    private static final String CODE = """
            import socket, time
            def main(args):
                with socket.create_connection(("127.0.0.1", args["port"])) as counter:
                    counter.sendall((args["token"] + "\\n").encode())
                    counter.recv(16)
                time.sleep(args["millis"] / 1000)
                return {"token": args["token"]}
            """;

    private CountingFunction() {}

    public static void store(Api api) {
        api.create(NAME, Code.PYTHON, CODE, ",\"limits\":{\"memory\":128,\"timeout\":20000}");
    }

    public static String payload(int port, String token, int millis) {
        return "{\"port\":%d,\"token\":\"%s\",\"millis\":%d}".formatted(port, token, millis);
    }
}

package dev.whirl.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A server that speaks CouchDB's protocol, as a Node program: CouchDB itself is in few package lists.
///
/// @param program the folder of the program, with its packages installed
record Database(Blueprint blueprint, Path program, String user, String password) {
    /// Records are written behind: on a machine with everything on it callers come first.
    private static final String GIVES_WAY = "10";

    Member start(Launcher launcher) {
        Path data = OwnFile.folder(blueprint.folder().resolve("database"));
        return launcher.start(
                "database",
                "database",
                address() + "/",
                List.of(
                        "nice",
                        "-n",
                        GIVES_WAY,
                        "node",
                        program.resolve("server.js").toString()),
                Map.of(
                        "PORT",
                        Integer.toString(blueprint.databasePort()),
                        "DATA",
                        data.toString(),
                        "DATABASE_USER",
                        user,
                        "DATABASE_PASSWORD",
                        password));
    }

    String address() {
        return "http://127.0.0.1:" + blueprint.databasePort();
    }
}

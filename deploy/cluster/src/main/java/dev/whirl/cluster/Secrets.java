package dev.whirl.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/// Passwords between the parts of one cluster, made at random when it is first started.
record Secrets(String database, String operator, String redis) {
    private static final int BYTES = 24;

    static Secrets in(Path folder) {
        return new Secrets(
                one(folder.resolve("database.secret")),
                one(folder.resolve("operator.secret")),
                one(folder.resolve("redis.secret")));
    }

    private static String one(Path file) {
        try {
            if (!Files.exists(file)) {
                var bytes = new byte[BYTES];
                new SecureRandom().nextBytes(bytes);
                OwnFile.write(file, HexFormat.of().formatHex(bytes));
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new ClusterException("%s can't be read: %s".formatted(file, e.getMessage()), e);
        }
    }
}

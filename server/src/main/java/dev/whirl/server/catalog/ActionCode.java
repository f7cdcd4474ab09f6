package dev.whirl.server.catalog;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/// What an action of the catalog runs. Prints so that other code prints differently.
sealed interface ActionCode {
    /// As the API takes it: source text, or an archive in Base64.
    byte[] text();

    boolean isBinary();

    /// One file of source text.
    record Source(String source) implements ActionCode {
        @Override
        public byte[] text() {
            return source.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public boolean isBinary() {
            return false;
        }
    }

    /// A zip archive: source files, and the libraries that they need.
    final class Archive implements ActionCode {
        private final byte[] zip;

        /// @param zip nobody changes it
        Archive(byte[] zip) {
            this.zip = zip;
        }

        @Override
        public byte[] text() {
            return Base64.getEncoder().encode(zip);
        }

        @Override
        public boolean isBinary() {
            return true;
        }

        @Override
        public String toString() {
            return "Archive " + sha256(zip);
        }
    }

    /// In hex digits.
    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

package dev.whirl.server.catalog;

import dev.whirl.common.archive.StableZip;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

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

    /// A zip archive: source files, and the libraries that they need. It is packed when it is installed: a server reads
    /// its catalog at each start, and mostly finds nothing new.
    final class Archive implements ActionCode {
        private static final long MOST_BYTES = 48L * 1024 * 1024;

        private final SortedMap<String, Path> files;
        private final String digest;

        /// @param files by their names in the archive
        Archive(SortedMap<String, Path> files) throws IOException {
            this.files = new TreeMap<>(files);
            this.digest = digest(files);
        }

        private static String digest(SortedMap<String, Path> files) throws IOException {
            var text = new StringBuilder();
            for (Map.Entry<String, Path> each : files.entrySet()) {
                text.append(each.getKey())
                        .append(' ')
                        .append(sha256(Files.readAllBytes(each.getValue())))
                        .append('\n');
            }
            return sha256(text.toString().getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public byte[] text() {
            try {
                byte[] zip = StableZip.of(files, MOST_BYTES)
                        .orElseThrow(() ->
                                new CatalogException("%s is too large for an action".formatted(files.firstKey())));
                return Base64.getEncoder().encode(zip);
            } catch (IOException e) {
                throw new CatalogException("An action can't be packed: " + e.getMessage(), e);
            }
        }

        @Override
        public boolean isBinary() {
            return true;
        }

        @Override
        public String toString() {
            return "Archive " + digest;
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

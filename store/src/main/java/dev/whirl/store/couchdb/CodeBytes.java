package dev.whirl.store.couchdb;

import dev.whirl.model.entity.CodeRef;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/// A text of code as it is kept in OpenWhisk's way: source as it is, base64 of an archive decoded.
///
/// A reference is made of the SHA-256 of what is kept, because that is what OpenWhisk writes beside its attachments
/// and so can be told without reading them. That of an archive is hashed once more, together with a word: source that
/// has the bytes of somebody's archive must not have its reference.
final class CodeBytes {
    static final String SOURCE_TYPE = "text/plain; charset=UTF-8";
    static final String ARCHIVE_TYPE = "application/octet-stream";

    private final byte[] kept;
    private final boolean isArchive;

    /// @param kept what lies in the database
    /// @param isArchive whether the text is base64 of that
    CodeBytes(byte[] kept, boolean isArchive) {
        this.kept = kept;
        this.isArchive = isArchive;
    }

    byte[] kept() {
        return kept;
    }

    boolean isArchive() {
        return isArchive;
    }

    /// Of a text as users send it. What is base64 in another way than the usual, or not at all, is kept as it is.
    static CodeBytes of(byte[] text, boolean isBinary) {
        if (!isBinary) {
            return new CodeBytes(text, false);
        }
        try {
            byte[] archive = Base64.getDecoder().decode(text);
            boolean isUsual = Arrays.equals(Base64.getEncoder().encode(archive), text);
            return new CodeBytes(isUsual ? archive : text, isUsual);
        } catch (IllegalArgumentException _) {
            return new CodeBytes(text, false);
        }
    }

    byte[] text() {
        return isArchive ? Base64.getEncoder().encode(kept) : kept;
    }

    String contentType() {
        return isArchive ? ARCHIVE_TYPE : SOURCE_TYPE;
    }

    /// The SHA-256 of what is kept, in hex.
    String digest() {
        return sha256(kept);
    }

    CodeRef ref(boolean isBinary) {
        return ref(digest(), kept.length, isArchive, isBinary);
    }

    /// A reference from what is written beside an attachment.
    ///
    /// @param digest SHA-256 in hex
    static CodeRef ref(String digest, long keptBytes, boolean isArchive, boolean isBinary) {
        return isArchive
                ? new CodeRef(named("archive", digest), textBytes(keptBytes), isBinary)
                : new CodeRef(isBinary ? named("text", digest) : digest, keptBytes, isBinary);
    }

    /// The length of base64.
    static long textBytes(long archiveBytes) {
        return (archiveBytes + 2) / 3 * 4;
    }

    static String named(String... words) {
        return sha256(String.join("\n", words).getBytes(StandardCharsets.UTF_8));
    }

    static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(digest("SHA-256", bytes));
    }

    static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }
}

package dev.whirl.store.memory;

import dev.whirl.model.entity.CodeRef;
import dev.whirl.store.CodeStore;
import dev.whirl.store.StoreException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Code in a map. Nothing is removed.
final class MemoryCode implements CodeStore {
    private final Map<String, byte[]> byHash = new ConcurrentHashMap<>();

    @Override
    public Offered offer(byte[] text, boolean isBinary) {
        var ref = new CodeRef(hash(text), text.length, isBinary);
        return new Offered() {
            @Override
            public CodeRef ref() {
                return ref;
            }

            @Override
            public void keep() {
                byHash.putIfAbsent(ref.sha256(), text.clone());
            }
        };
    }

    @Override
    public byte[] get(CodeRef ref) {
        byte[] text = byHash.get(ref.sha256());
        if (text == null) {
            throw new StoreException.Corrupted(ref.sha256(), "The code %s is missing.".formatted(ref.sha256()), null);
        }
        return text.clone();
    }

    private static String hash(byte[] text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

package dev.whirl.sandbox.process.compiled;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.whirl.model.json.RawJson;
import dev.whirl.sandbox.InitCode;
import dev.whirl.sandbox.InitRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Names what a runtime makes of code by all that it depends on: the runtime, the code, the entry
/// point, and whose it is. Code of another namespace has another name even if it is the same, so that
/// nobody is served what somebody else's sandbox gave out.
///
/// @param name a digest of all that
record CodeKey(String name, String namespace) {
    private static final List<String> FIELDS = List.of("main", "binary");

    /// Empty if there is no code, or if it does not say whose it is.
    static Optional<CodeKey> of(String runtime, InitRequest request) {
        RawJson value = request.body().field("value").orElse(RawJson.EMPTY_OBJECT);
        Optional<RawJson> namespace = value.field("env").flatMap(env -> env.field("__OW_NAMESPACE"));
        InitCode lent = request.code();
        Optional<RawJson> code = lent == null ? value.field("code") : Optional.of(lent.text());
        if (namespace.isEmpty() || code.isEmpty()) {
            return Optional.empty();
        }
        try (var digest =
                new DigestOutputStream(OutputStream.nullOutputStream(), MessageDigest.getInstance("SHA-256"))) {
            digest.write(runtime.getBytes(UTF_8));
            namespace.get().writeTo(digest);
            for (String name : FIELDS) {
                value.field(name).orElse(RawJson.NULL).writeTo(digest);
            }
            code.get().writeTo(digest);
            String name = HexFormat.of().formatHex(digest.getMessageDigest().digest());
            return Optional.of(new CodeKey(name, namespace.get().toString()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.whirl.feeds.files;

import dev.whirl.feeds.feed.Feed.Login;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs requests without a body as Amazon's Signature Version 4 wants it:
/// https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html. Pure.
///
/// @param login access key and secret key
record RequestSignature(Login login, String region) {
    /// SHA-256 of nothing.
    private static final String EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /// The headers that a request needs, `host` among them.
    ///
    /// @param path encoded
    /// @param query encoded, names with values
    SortedMap<String, String> headers(String host, String path, SortedMap<String, String> query, Instant now) {
        String time = TIME.format(now);
        String day = time.substring(0, 8);
        var headers = new TreeMap<String, String>();
        headers.put("host", host);
        headers.put("x-amz-content-sha256", EMPTY);
        headers.put("x-amz-date", time);
        String names = String.join(";", headers.keySet());
        String scope = "%s/%s/s3/aws4_request".formatted(day, region);
        String text = ALGORITHM + "\n" + time + "\n" + scope + "\n" + hash(canonical(path, query, headers, names));
        String signature = HexFormat.of().formatHex(mac(key(day), text));
        headers.put(
                "authorization",
                "%s Credential=%s/%s,SignedHeaders=%s,Signature=%s"
                        .formatted(ALGORITHM, login.user(), scope, names, signature));
        return headers;
    }

    private static String canonical(
            String path, SortedMap<String, String> query, SortedMap<String, String> headers, String names) {
        var text = new StringBuilder("GET\n").append(path).append('\n');
        String separator = "";
        for (var each : query.entrySet()) {
            text.append(separator).append(each.getKey()).append('=').append(each.getValue());
            separator = "&";
        }
        text.append('\n');
        headers.forEach(
                (name, value) -> text.append(name).append(':').append(value).append('\n'));
        return text.append('\n').append(names).append('\n').append(EMPTY).toString();
    }

    private byte[] key(String day) {
        byte[] dayKey = mac(utf8("AWS4" + login.password()), day);
        return mac(mac(mac(dayKey, region), "s3"), "aws4_request");
    }

    private static byte[] mac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(utf8(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hash(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(utf8(text)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

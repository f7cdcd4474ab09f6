package dev.whirl.controller.api.http;

import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import dev.whirl.model.TransactionId;
import dev.whirl.model.json.MalformedJsonException;
import dev.whirl.model.json.RawJson;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.http.WritableHeaders;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// One request, as handlers see it. Used by one thread.
public final class ApiRequest {
    private final String method;
    private final RequestPath path;
    private final Query query;
    private final TransactionId transaction;
    private final ServerRequestHeaders headers;
    private final RequestBody body;
    private final MemoryBudget.Share answers;
    private final byte @Nullable [] otherBody;

    ApiRequest(
            String method,
            RequestPath path,
            Query query,
            TransactionId transaction,
            ServerRequestHeaders headers,
            RequestBody body,
            MemoryBudget.Share answers) {
        this(method, path, query, transaction, headers, body, answers, null);
    }

    private ApiRequest(
            String method,
            RequestPath path,
            Query query,
            TransactionId transaction,
            ServerRequestHeaders headers,
            RequestBody body,
            MemoryBudget.Share answers,
            byte @Nullable [] otherBody) {
        this.method = method;
        this.path = path;
        this.query = query;
        this.transaction = transaction;
        this.headers = headers;
        this.body = body;
        this.answers = answers;
        this.otherBody = otherBody;
    }

    /// The request that this one becomes inside of the platform: the same transaction, connection and memory.
    ///
    /// @param rawPath as it would be sent
    /// @param rawQuery as it would be sent
    /// @param others all headers, names in lower case
    /// @param replaced null for the body as it is
    /// @throws ApiException 400 if path or query are malformed
    public ApiRequest become(
            String otherMethod,
            String rawPath,
            String rawQuery,
            Map<String, String> others,
            byte @Nullable [] replaced) {
        WritableHeaders<?> fields = WritableHeaders.create();
        others.forEach((name, value) -> fields.add(HeaderNames.create(name), value));
        return new ApiRequest(
                otherMethod,
                RequestPath.parse(rawPath),
                Query.parse(rawQuery),
                transaction,
                ServerRequestHeaders.create(fields),
                body,
                answers,
                replaced);
    }

    /// Whose memory it takes, once that is known.
    void belongsTo(Claimant claimant) {
        body.belongsTo(claimant);
        answers.belongsTo(claimant);
    }

    /// From here on its answer is that of an API of the gateway.
    ///
    /// @param target what answers: a server, or a web action
    public void isForApiOf(String tenant, String target) {
        answers.belongsTo(new Claimant.Api(tenant, target));
    }

    public String method() {
        return method;
    }

    public RequestPath path() {
        return path;
    }

    public Query query() {
        return query;
    }

    public TransactionId transaction() {
        return transaction;
    }

    /// The value of `Authorization`, null if there is none.
    public @Nullable String authorization() {
        return header(HeaderNames.AUTHORIZATION);
    }

    /// All headers but those for the platform, their names in lower case; several of one name are joined by commas
    /// (RFC 9110, 5.3).
    public SequencedMap<String, String> headers() {
        var all = new LinkedHashMap<String, String>();
        for (Header each : headers) {
            if (!each.headerName().equals(Transactions.EXTRA_LOGGING)) {
                all.put(each.headerName().lowerCase(), String.join(", ", each.allValues()));
            }
        }
        return all;
    }

    /// The value of a header, null if there is none.
    public @Nullable String header(String name) {
        return header(HeaderNames.create(name));
    }

    /// The body as it is, whatever its type.
    ///
    /// @param copies how many times the handler holds it in memory
    /// @throws ApiException 413 or 503
    public byte[] bytes(long maxBytes, int copies) {
        byte[] replaced = otherBody;
        if (replaced == null) {
            return body.read("Request", maxBytes, copies);
        }
        if (replaced.length > maxBytes) {
            throw new ApiException(ErrorCode.TOO_LARGE, Messages.tooLarge("Request", replaced.length, maxBytes));
        }
        return replaced;
    }

    /// The body as a JSON object; an empty body counts as one without fields (row R-8).
    ///
    /// @param maxBytes what is too large is refused before it is read
    /// @param copies how many times the handler holds it in memory
    /// @throws ApiException 400, 413, 415 or 503
    public RawJson object(long maxBytes, int copies) {
        if (body.isEmpty()) {
            return RawJson.EMPTY_OBJECT;
        }
        requireJson();
        byte[] bytes = body.read("Request", maxBytes, copies);
        if (bytes.length == 0) {
            return RawJson.EMPTY_OBJECT;
        }
        try {
            RawJson json = RawJson.parse(bytes);
            if (!json.isObject()) {
                throw new ApiException(ErrorCode.BAD_REQUEST, Messages.contentMalformed(Messages.EXPECTED_OBJECT));
            }
            return json;
        } catch (MalformedJsonException e) {
            throw new ApiException(ErrorCode.BAD_REQUEST, Messages.contentMalformed(String.valueOf(e.getMessage())));
        }
    }

    /// Reserves memory for a large answer until the request is over.
    ///
    /// @throws ApiException 503 if there is not enough
    public void reserveMemory(long bytes) {
        answers.atLeast(answers.held() + Math.max(bytes, 0));
    }

    /// Reserves memory for an answer that grows: from now on so much in all, until the request is over. The first 64 KB
    /// are there anyway.
    ///
    /// @throws ApiException 503 if there is not enough
    public void reserveInAll(long bytes) {
        answers.atLeast(bytes);
    }

    /// How long an answer may be that is in memory as a whole, if nobody else has one.
    public long mostMemory() {
        return answers.most();
    }

    /// Reads something whose size is not known before: takes memory for the largest that it may be, gives back
    /// what it did not need, and keeps the rest until the request is over.
    ///
    /// @param mostBytes how much memory it takes at most while it is read
    /// @throws ApiException 503 if there is not enough
    public <T> T read(long mostBytes, Supplier<T> source, ToLongFunction<T> sizeBytes) {
        long before = answers.held();
        answers.atMost(before + mostBytes);
        T read;
        try {
            read = source.get();
        } catch (RuntimeException e) {
            answers.exactly(before);
            throw e;
        }
        answers.exactly(before + sizeBytes.applyAsLong(read));
        return read;
    }

    /// Takes memory while a part of the answer is read and sent.
    ///
    /// @throws ApiException 503 if there is not enough
    public void withMemory(long bytes, Runnable part) {
        long before = answers.held();
        answers.atMost(before + bytes);
        try {
            part.run();
        } finally {
            answers.exactly(before);
        }
    }

    private void requireJson() {
        String type = header(HeaderNames.CONTENT_TYPE);
        if (type == null) {
            return;
        }
        int semicolon = type.indexOf(';');
        String media = (semicolon < 0 ? type : type.substring(0, semicolon)).strip();
        if (!media.toLowerCase(Locale.ROOT).equals(Answer.JSON)) {
            throw new ApiException(ErrorCode.UNSUPPORTED_MEDIA_TYPE, Messages.CONTENT_TYPE_NOT_JSON);
        }
    }

    private @Nullable String header(HeaderName name) {
        return headers.contains(name) ? headers.get(name).get() : null;
    }
}

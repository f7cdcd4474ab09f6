package dev.whirl.store.couchdb;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.whirl.common.units.ByteSize;
import dev.whirl.model.entity.Action;
import dev.whirl.model.entity.CodeRef;
import dev.whirl.model.entity.Entity;
import dev.whirl.model.json.RawJson;
import dev.whirl.store.CodeStore;
import dev.whirl.store.Revision;
import dev.whirl.store.StoreException;
import dev.whirl.store.couchdb.StoredCode.Place;
import dev.whirl.store.couchdb.StoredCode.Written;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Code in the documents of actions, as OpenWhisk keeps it. So code that was put waits in memory until its action is
/// written, and then is durable with it, in one document; where it is found is known from the documents that were read
/// or written here. Whoever runs an action reads its document first.
final class CouchCode implements CodeStore {
    private static final long MAX_BYTES = 64L * 1024 * 1024;
    private static final Duration STAGED_FOR = Duration.ofMinutes(5);
    private static final int OVERHEAD = 256;

    private final Database whisks;
    private final Cache<String, CodeBytes> texts;
    private final Cache<String, Boolean> unwritten = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(STAGED_FOR)
            .build();
    private final Cache<String, Place> places =
            Caffeine.newBuilder().maximumSize(20_000).build();

    /// @param mostTexts memory for code that waits for its action, and for code that was read
    CouchCode(Database whisks, ByteSize mostTexts) {
        this.whisks = whisks;
        this.texts = Caffeine.newBuilder()
                .maximumWeight(mostTexts.bytes())
                .weigher((String _, CodeBytes code) -> code.kept().length + OVERHEAD)
                .expireAfterAccess(STAGED_FOR)
                .executor(Runnable::run)
                .build();
    }

    @Override
    public Offered offer(byte[] text, boolean isBinary) {
        var code = CodeBytes.of(text, isBinary);
        CodeRef ref = code.ref(isBinary);
        return new Offered() {
            @Override
            public CodeRef ref() {
                return ref;
            }

            @Override
            public void keep() {
                texts.put(ref.sha256(), code);
                unwritten.put(ref.sha256(), true);
            }
        };
    }

    @Override
    public byte[] get(CodeRef ref) {
        return find(ref)
                .map(CodeBytes::text)
                .orElseThrow(() -> new StoreException.Corrupted(
                        ref.sha256(), "The code %s is missing.".formatted(ref.sha256()), null));
    }

    /// Remembers where the code of a document is.
    void note(RawJson document) {
        if (document.hasField("exec")) {
            StoredCode.in(document).ifPresent(this::note);
        }
    }

    private void note(StoredCode code) {
        places.put(code.ref().sha256(), code.place());
    }

    /// What an entity's document says of its code; null where it has none.
    ///
    /// @param current the document that it replaces, read where that saves sending the code again
    @Nullable
    Written written(Entity entity, Current current) {
        CodeRef ref = entity instanceof Action action ? action.exec().codeRef().orElse(null) : null;
        if (ref == null) {
            return null;
        }
        boolean isNew = unwritten.getIfPresent(ref.sha256()) != null;
        CodeBytes sent = isNew ? texts.getIfPresent(ref.sha256()) : null;
        if (sent != null) {
            return StoredCode.written(sent);
        }
        return kept(ref, current.document())
                .or(() -> find(ref).map(StoredCode::written))
                .orElseGet(() -> absent(entity, ref, isNew));
    }

    private static Written absent(Entity entity, CodeRef ref, boolean isNew) {
        if (isNew) {
            throw new StoreException.Unavailable(
                    "The code of %s had to make room for other code before it was written: send it again, or raise"
                                    .formatted(entity.id())
                            + " store.couchdb.staged-code");
        }
        return StoredCode.absent(ref);
    }

    /// Gives the document that is to be replaced.
    interface Current {
        Optional<RawJson> document();
    }

    /// The entity is written, and its code with it.
    void note(Entity entity, Revision revision, @Nullable Written code) {
        if (code != null && entity instanceof Action action) {
            action.exec().codeRef().ifPresent(ref -> {
                places.put(ref.sha256(), StoredCode.place(entity.id(), revision, ref, code));
                unwritten.invalidate(ref.sha256());
            });
        }
    }

    /// As the document has it already: CouchDB keeps an attachment that is named as a stub.
    private static Optional<Written> kept(CodeRef ref, Optional<RawJson> current) {
        return current.filter(document -> StoredCode.in(document)
                        .map(StoredCode::ref)
                        .filter(ref::equals)
                        .isPresent())
                .flatMap(document -> document.field("exec")
                        .flatMap(exec -> exec.field("code"))
                        .filter(RawJson::isObject)
                        .map(field -> new Written(
                                field, document.field("_attachments").orElse(null))));
    }

    private Optional<CodeBytes> find(CodeRef ref) {
        String sha256 = ref.sha256();
        return Optional.ofNullable(texts.getIfPresent(sha256))
                .or(() -> Optional.ofNullable(places.getIfPresent(sha256)).flatMap(place -> fetch(ref, place)));
    }

    private Optional<CodeBytes> fetch(CodeRef ref, Place place) {
        Optional<CodeBytes> found = place.attachment().isEmpty() ? inDocument(ref, place) : attached(ref, place);
        found.ifPresent(code -> texts.put(ref.sha256(), code));
        return found;
    }

    private Optional<CodeBytes> inDocument(CodeRef ref, Place place) {
        return whisks.getRevision(place.document(), place.revision())
                .or(() -> whisks.get(place.document()))
                .flatMap(StoredCode::in)
                .filter(code -> code.ref().equals(ref))
                .map(StoredCode::kept);
    }

    /// The revision that was read, as long as CouchDB has it: it is there for a while after the action was changed.
    private Optional<CodeBytes> attached(CodeRef ref, Place place) {
        if (place.attachment().contains(":")) {
            throw new StoreException.Corrupted(
                    ref.sha256(),
                    "The code of %s is at '%s', in a store that is not served here"
                            .formatted(place.document(), place.attachment()),
                    null);
        }
        String revision = "?rev=" + Call.encoded(place.revision().value());
        return whisks.attachment(place.document(), place.attachment(), revision, MAX_BYTES)
                .or(() -> whisks.attachment(place.document(), place.attachment(), "", MAX_BYTES))
                .map(kept -> checked(ref, place, kept));
    }

    private static CodeBytes checked(CodeRef ref, Place place, byte[] kept) {
        if (!StoredCode.isIntact(place, kept)) {
            throw new StoreException.Corrupted(
                    ref.sha256(),
                    "The code %s of %s is damaged: it has another digest".formatted(ref.sha256(), place.document()),
                    null);
        }
        return new CodeBytes(kept, place.isArchive());
    }
}

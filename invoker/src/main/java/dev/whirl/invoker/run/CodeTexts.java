package dev.whirl.invoker.run;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.whirl.common.units.ByteSize;
import dev.whirl.model.entity.CodeRef;
import dev.whirl.model.entity.Exec;
import dev.whirl.model.json.RawJson;
import dev.whirl.store.CodeStore;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The code of actions as JSON strings, ready to be put into an init. Keeps what was used lately, up to a size.
public final class CodeTexts {
    private final CodeStore store;
    private final Cache<String, RawJson> cache;

    public CodeTexts(CodeStore store, ByteSize most) {
        this.store = store;
        cache = Caffeine.newBuilder()
                .maximumWeight(most.bytes())
                .weigher((String _, RawJson text) -> text.sizeBytes())
                .build();
    }

    /// The code; null for an image that has it inside.
    ///
    /// @throws dev.whirl.store.StoreException if it is missing or damaged
    public @Nullable RawJson find(Exec exec) {
        CodeRef ref = exec.codeRef().orElse(null);
        if (ref == null) {
            return null;
        }
        RawJson cached = cache.getIfPresent(ref.sha256());
        if (cached != null) {
            return cached;
        }
        RawJson text = RawJson.string(new String(store.get(ref), StandardCharsets.UTF_8));
        cache.put(ref.sha256(), text);
        return text;
    }
}

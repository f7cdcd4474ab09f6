package dev.whirl.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.model.entity.CodeRef;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// What every adapter does with code.
public interface CodeStoreContract {
    Stores stores();

    @Test
    default void codeComesBackAsItWasPut() {
        byte[] text = "function main() { return {ü: '☃'} }".getBytes(StandardCharsets.UTF_8);

        CodeRef ref = stores().code().put(text, false);

        assertThat(ref.sizeBytes()).isEqualTo(text.length);
        assertThat(ref.isBinary()).isFalse();
        assertThat(stores().code().get(ref)).isEqualTo(text);
    }

    @Test
    default void theSameTextHasTheSameReference() {
        byte[] text = {1, 2, 3};

        assertThat(stores().code().put(text, true)).isEqualTo(stores().code().put(text.clone(), true));
        assertThat(stores().code().get(stores().code().put(new byte[0], false))).isEmpty();
    }

    @Test
    default void nothingIsKeptOfCodeThatIsOnlyOffered() {
        byte[] text = "only offered".getBytes(StandardCharsets.UTF_8);

        CodeStore.Offered offered = stores().code().offer(text, false);

        assertThatThrownBy(() -> stores().code().get(offered.ref())).isInstanceOf(StoreException.Corrupted.class);
        offered.keep();
        assertThat(stores().code().get(offered.ref())).isEqualTo(text);
    }

    @Test
    default void missingCodeIsAClearFailure() {
        assertThatThrownBy(() -> stores().code().get(Examples.CODE))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(Examples.CODE.sha256())
                .hasMessageContaining("missing");
    }
}

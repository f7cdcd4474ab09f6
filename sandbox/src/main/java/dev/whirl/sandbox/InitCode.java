package dev.whirl.sandbox;

import dev.whirl.model.json.RawJson;
import java.util.concurrent.atomic.AtomicReference;

/// The code for an init, lent until it is sent: an init can last for minutes, and nobody needs megabytes of code in
/// memory for so long.
public interface InitCode {
    /// The code as a JSON string.
    ///
    /// @throws IllegalStateException if it was given back
    RawJson text();

    /// The sandbox has it, or never will. Whoever lent it does not keep it any more; a second call changes nothing.
    void giveBack();

    /// Code that only the request holds.
    static InitCode of(RawJson text) {
        var held = new AtomicReference<>(text);
        return new InitCode() {
            @Override
            public RawJson text() {
                RawJson current = held.get();
                if (current == null) {
                    throw new IllegalStateException("the code was given back");
                }
                return current;
            }

            @Override
            public void giveBack() {
                held.set(null);
            }
        };
    }
}

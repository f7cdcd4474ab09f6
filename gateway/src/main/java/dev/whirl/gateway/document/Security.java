package dev.whirl.gateway.document;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What callers must show: all of it.
public record Security(List<Requirement> requirements) {
    public Security {
        requirements = List.copyOf(requirements);
    }

    /// One thing to show.
    public sealed interface Requirement {
        /// The id of a subscription, and its secret if one is asked for.
        ///
        /// @param idHeader in lower case
        /// @param secretHeader in lower case; null if the id is enough
        record Client(String idHeader, @Nullable String secretHeader) implements Requirement {}

        /// A token of an identity provider, in `Authorization: Bearer`.
        record Token(TokenProvider provider) implements Requirement {}
    }

    /// Who vouches for tokens.
    public sealed interface TokenProvider {
        /// Tokens are signed (RFC 7519).
        ///
        /// @param keys address of the keys (RFC 7517)
        /// @param issuers one of which must have issued it; empty: anybody with these keys
        /// @param audience one of which it must be for; empty: anybody
        record Signed(String keys, List<String> issuers, List<String> audience) implements TokenProvider {
            public Signed {
                issuers = List.copyOf(issuers);
                audience = List.copyOf(audience);
            }
        }

        /// The provider is asked: it answers 200 to who has a good token.
        ///
        /// @param refusals what it answers to who has a bad one; any other answer says nothing of the token
        record Asked(String address, Set<Integer> refusals) implements TokenProvider {
            public Asked {
                refusals = Set.copyOf(refusals);
            }
        }

        /// For trying an API out: the token is `test`.
        record Mock() implements TokenProvider {}
    }
}

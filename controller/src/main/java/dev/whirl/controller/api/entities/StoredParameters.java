package dev.whirl.controller.api.entities;

import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import dev.whirl.model.entity.Parameter;
import dev.whirl.model.entity.Parameters;
import dev.whirl.model.json.RawJson;
import dev.whirl.model.limits.SystemLimits;
import dev.whirl.model.secret.ParameterEncryption;
import java.util.Set;
import java.util.stream.Collectors;

/// What parameters become when they are stored: encrypted, if the operator wants it (rows R-73, I-55).
///
/// Everybody who may read an entity is shown its encrypted values, strangers too where it is public. If they could be
/// put into other entities, whoever sees one would have it decrypted for a function of his own (attack 38). So an
/// encrypted value is only taken back where it came from.
public final class StoredParameters {
    /// Encrypted values are longer, small ones by much.
    private static final int MOST_GROWTH = 2;

    private final ParameterEncryption encryption;
    private final long maxBytes;

    public StoredParameters(ParameterEncryption encryption, SystemLimits limits) {
        this.encryption = encryption;
        this.maxBytes = MOST_GROWTH * limits.parameters().bytes();
    }

    /// @param given as the entity is to have them
    /// @param shown those that the entity was shown with before
    /// @throws ApiException 400 for an encrypted value of something else, 413 if they are too large when encrypted
    public Parameters of(Parameters given, Parameters shown) {
        requireOwn(given, shown);
        Parameters stored = encryption.encrypted(given);
        if (!stored.equals(given)) {
            Sizes.require("encrypted parameters", stored.sizeBytes(), maxBytes);
        }
        return stored;
    }

    private static void requireOwn(Parameters given, Parameters shown) {
        Set<RawJson> own = shown.list().stream()
                .filter(each -> each.encryption() != null)
                .map(Parameter::value)
                .collect(Collectors.toSet());
        for (Parameter each : given.list()) {
            if (each.encryption() != null && !own.contains(each.value())) {
                throw new ApiException(
                        ErrorCode.BAD_REQUEST, Messages.contentMalformed(Messages.parameterOfOthers(each.key())));
            }
        }
    }
}

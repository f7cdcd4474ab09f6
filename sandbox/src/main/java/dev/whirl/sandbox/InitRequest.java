package dev.whirl.sandbox;

import static dev.whirl.common.Preconditions.require;

import dev.whirl.common.units.ByteSize;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.json.RawJson;
import org.jspecify.annotations.Nullable;

/// The code and how to start it.
///
/// The code can stand apart from the rest, so that megabytes of it need not be copied into a document for each init:
/// one text in memory serves all sandboxes that are started with it at the same time, and a sandbox gives it back when
/// it is sent.
///
/// @param activation whose logs get what the init writes
/// @param body the document of row K-10, beginning with [#BEGINNING]: whole, or all but the code
/// @param logLimit of the output at most so much is kept
/// @param code what the runtime gets as the field `code` of `value`, if the body does not have it
public record InitRequest(
        ActivationId activation,
        RawJson body,
        ByteSize logLimit,
        @Nullable InitCode code) {
    /// How a body begins into which code can be put.
    public static final String BEGINNING = "{\"value\":{";

    public InitRequest {
        require(code == null || body.startsWith(BEGINNING + "\""), "no place for the code in the body of an init");
    }

    /// With the whole document as its body.
    public InitRequest(ActivationId activation, RawJson body, ByteSize logLimit) {
        this(activation, body, logLimit, null);
    }
}

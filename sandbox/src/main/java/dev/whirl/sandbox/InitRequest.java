package dev.whirl.sandbox;

import dev.whirl.common.units.ByteSize;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.json.RawJson;

/// The code and how to start it.
///
/// @param activation whose logs get what the init writes
/// @param body the whole document of row K-10: `{"value":{…}}`
/// @param logLimit of the output at most so much is kept
public record InitRequest(ActivationId activation, RawJson body, ByteSize logLimit) {}

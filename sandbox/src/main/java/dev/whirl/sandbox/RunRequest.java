package dev.whirl.sandbox;

import dev.whirl.common.units.ByteSize;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.json.RawJson;

/// One run.
///
/// @param body the whole document of row K-11: `{"value":{…},"activation_id":…}`
/// @param logLimit of the output at most so much is kept; zero keeps nothing
/// @param resultLimit of the answer's body at most so much is kept
public record RunRequest(ActivationId activation, RawJson body, ByteSize logLimit, ByteSize resultLimit) {}

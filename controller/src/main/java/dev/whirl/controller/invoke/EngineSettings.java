package dev.whirl.controller.invoke;

import dev.whirl.controller.directory.CallRules;
import dev.whirl.model.activation.StorageRules;
import dev.whirl.model.message.ControllerId;
import java.time.Duration;

/// What an [InvokeEngine] is told once.
///
/// @param self which controller it belongs to
/// @param sequenceLength most actions in a sequence or composition
/// @param records which activations leave a record
/// @param acceptedDeadline how long what was accepted in an earlier life of the server may wait for room
/// @param silence who said nothing for so long is gone
/// @param healthTest by which invokers are tested
/// @param calls what must hold for each part of a sequence or composition
public record EngineSettings(
        ControllerId self,
        int sequenceLength,
        StorageRules records,
        Duration acceptedDeadline,
        Duration silence,
        HealthTestAction healthTest,
        CallRules calls) {}

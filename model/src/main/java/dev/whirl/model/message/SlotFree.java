package dev.whirl.model.message;

import dev.whirl.model.activation.ActivationId;

/// The sandbox is free again: logs are collected and the record is handed over: invoker → controller (row I-5).
///
/// @param isSystemError whether the platform was at fault, which counts against the invoker's health (row I-14)
public record SlotFree(ActivationId id, InvokerId invoker, boolean isSystemError) implements Message {}

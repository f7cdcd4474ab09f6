package dev.whirl.model.message;

import dev.whirl.model.TransactionId;
import dev.whirl.model.activation.Activation;

/// The outcome of an activation, sent the moment it is known, before logs are collected: invoker → controller
/// (row I-5).
///
/// @param activation the record without logs
public record ActivationResult(TransactionId transaction, Activation activation) implements Message {}

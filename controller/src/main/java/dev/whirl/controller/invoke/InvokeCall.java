package dev.whirl.controller.invoke;

import dev.whirl.controller.access.Admission;
import dev.whirl.model.TransactionId;
import dev.whirl.model.identity.Identity;
import dev.whirl.model.json.RawJson;

/// One call of an action by a user who may make it.
///
/// @param payload an object
/// @param admission counts the call as in flight; handed over when it is under way
public record InvokeCall(
        TransactionId transaction, Identity caller, CallableAction action, RawJson payload, Admission admission) {}

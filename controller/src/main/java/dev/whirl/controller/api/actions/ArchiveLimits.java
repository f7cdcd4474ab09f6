package dev.whirl.controller.api.actions;

import dev.whirl.common.units.ByteSize;

/// What an archive with an action's code may hold.
public record ArchiveLimits(ByteSize size, long entries) {}

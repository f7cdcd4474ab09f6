package dev.whirl.model.message;

import dev.whirl.model.entity.EntityId;

/// Caches must forget this entity: controller → everyone (row I-8).
public record EntityChanged(EntityId id) implements Message {}

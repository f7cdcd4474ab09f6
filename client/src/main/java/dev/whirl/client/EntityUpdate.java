package dev.whirl.client;

import org.jspecify.annotations.Nullable;

/// What to create a package or trigger with, or to change about it; null leaves as it is. What is given replaces
/// all that was there.
public record EntityUpdate(
        @Nullable KeyValues parameters, @Nullable KeyValues annotations) {
    public static final EntityUpdate NOTHING = new EntityUpdate(null, null);
}

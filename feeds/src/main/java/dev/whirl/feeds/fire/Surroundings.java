package dev.whirl.feeds.fire;

import dev.whirl.feeds.registry.FeedRegistry;
import dev.whirl.feeds.schedule.Lateness;
import dev.whirl.store.KeyedDocuments;
import java.time.InstantSource;

/// What all work for feeds shares.
///
/// @param documents where positions are
/// @param maxAttempts to make a firing that may be left out
public record Surroundings(
        KeyedDocuments documents,
        FeedRegistry registry,
        Fires fires,
        InstantSource clock,
        Lateness lateness,
        int maxAttempts,
        Counters counters) {}

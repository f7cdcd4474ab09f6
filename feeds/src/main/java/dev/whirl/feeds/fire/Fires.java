package dev.whirl.feeds.fire;

import dev.whirl.feeds.feed.FeedTrigger;
import dev.whirl.model.json.RawJson;

/// Port: calls of the platform's API in the name of a trigger's owner. Each is tried once.
public interface Fires {
    /// Fires a trigger with an object.
    FireOutcome fire(FeedTrigger trigger, RawJson payload);

    /// Deletes a trigger.
    ///
    /// @param withRules whether the rules that tie it to actions go first
    /// @return [FireOutcome.Fired] if it is gone
    FireOutcome delete(FeedTrigger trigger, boolean withRules);
}

package dev.whirl.feeds.provide;

import dev.whirl.model.entity.EntityId;

/// Which feeds a provider looks after. Each feed is in one of [#SLOTS] slots by the hash of its trigger's name.
public interface Ownership {
    int SLOTS = 64;

    static int slot(EntityId trigger) {
        return Math.floorMod(trigger.toString().hashCode(), SLOTS);
    }

    /// Whether the feeds of a slot are surely nobody else's at this moment.
    boolean holds(int slot);

    /// Looks who is there, and takes, keeps or gives back slots.
    ///
    /// @throws dev.whirl.store.StoreException if the store does not answer
    void refresh();

    /// Gives all slots back.
    void release();

    /// The only provider there is.
    Ownership ALONE = new Ownership() {
        @Override
        public boolean holds(int slot) {
            return true;
        }

        @Override
        public void refresh() {}

        @Override
        public void release() {}
    };
}

package dev.whirl.feeds.provide;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// Who holds which slot, as a provider sees it.
///
/// @param owners by slot; slots without one are not in it
/// @param living providers that gave a sign of life lately, this one among them
record SlotView(Map<Integer, String> owners, Set<String> living) {
    SlotView {
        owners = Map.copyOf(owners);
        living = Set.copyOf(living);
    }

    /// What a provider should do about its slots.
    ///
    /// @param take slots that nobody alive holds
    /// @param give slots that it has too many
    record Moves(List<Integer> take, List<Integer> give) {}

    /// Each of those who live should hold an equal share. One with too few takes what is free; one with too many gives
    /// back, so that others can take it. Pure.
    Moves moves(String self, int slots) {
        List<Integer> own = slots(slots, self);
        int alive = Math.max(1, living.size());
        int most = (slots + alive - 1) / alive;
        List<Integer> free = java.util.stream.IntStream.range(0, slots)
                .boxed()
                .filter(each -> !living.contains(owners.getOrDefault(each, "")))
                .limit(Math.max(0, most - own.size()))
                .toList();
        List<Integer> surplus = own.stream().skip(most).toList();
        return new Moves(free, surplus);
    }

    /// The slots that a provider holds, in their order.
    List<Integer> slots(int slots, String provider) {
        return java.util.stream.IntStream.range(0, slots)
                .boxed()
                .filter(each -> provider.equals(owners.get(each)))
                .toList();
    }
}

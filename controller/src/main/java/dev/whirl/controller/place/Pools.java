package dev.whirl.controller.place;

import java.util.List;
import java.util.Set;

/// Which invokers are for the kinds that the installation offers, and which for images of users, whose pulling would
/// hold up the others (rows A-8, I-11). Of few invokers some belong to both pools. Pure.
///
/// @param managedPercent share of the invokers that is for the installation's kinds, from the first one on
/// @param blackboxPercent share of the invokers that is for images of users, from the last one back
/// @param ownImages images that need not be pulled, `prefix/name` without tag
public record Pools(int managedPercent, int blackboxPercent, Set<String> ownImages) {
    public static final Pools DEFAULT = new Pools(90, 10, Set.of());

    /// All invokers are for everything.
    public static final Pools UNDIVIDED = new Pools(100, 100, Set.of());

    public Pools {
        ownImages = Set.copyOf(ownImages);
    }

    public Pools withOwnImages(List<String> images) {
        return new Pools(managedPercent, blackboxPercent, Set.copyOf(images));
    }

    /// Those of the invokers that are for this request.
    ///
    /// @param invokers in the order of their numbers
    List<InvokerView> poolOf(PlacementRequest request, List<InvokerView> invokers) {
        int all = invokers.size();
        if (all <= 1) {
            return invokers;
        }
        if (isPulled(request.needs().image())) {
            return invokers.subList(all - Math.max(1, all * blackboxPercent / 100), all);
        }
        int managed = Math.max(1, (all * managedPercent + 99) / 100);
        return invokers.subList(0, Math.min(all, managed));
    }

    private boolean isPulled(String image) {
        return !image.isEmpty() && !ownImages.contains(nameOf(image));
    }

    /// `prefix/name` of an image, without registry and tag.
    private static String nameOf(String image) {
        int slash = image.lastIndexOf('/');
        int colon = image.indexOf(':', slash + 1);
        String untagged = colon < 0 ? image : image.substring(0, colon);
        List<String> parts = List.of(untagged.split("/", -1));
        return parts.size() <= 2 ? untagged : String.join("/", parts.subList(parts.size() - 2, parts.size()));
    }
}

package dev.whirl.sandbox.image;

import java.util.Map;

/// What an image can do beyond what every action image can.
///
/// @param marksOutput whether it marks what it prints with the number of the request, and says when it printed nothing
/// @param runsConcurrently whether it takes several runs at a time
/// @param bearsReadOnlyRoot whether it writes to `/tmp` only
public record ImageTraits(boolean marksOutput, boolean runsConcurrently, boolean bearsReadOnlyRoot) {
    public static final ImageTraits NONE = new ImageTraits(false, false, false);

    /// As an image says of itself.
    public static ImageTraits ofLabels(Map<String, String> labels) {
        return new ImageTraits(
                is(labels, "dev.whirl.marks-output"),
                is(labels, "dev.whirl.concurrent"),
                is(labels, "dev.whirl.read-only-root"));
    }

    private static boolean is(Map<String, String> labels, String label) {
        return "true".equals(labels.get(label));
    }
}

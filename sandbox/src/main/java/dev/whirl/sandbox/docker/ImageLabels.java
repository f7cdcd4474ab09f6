package dev.whirl.sandbox.docker;

import dev.whirl.sandbox.docker.engine.ImageFacts;

/// What an image says of itself in its labels.
///
/// @param marksOutput whether it marks what it prints with the number of the request, and says when it printed nothing
/// @param runsConcurrently whether it takes several runs at a time
/// @param bearsReadOnlyRoot whether it writes to `/tmp` only
record ImageLabels(boolean marksOutput, boolean runsConcurrently, boolean bearsReadOnlyRoot) {
    static ImageLabels of(ImageFacts image) {
        return new ImageLabels(
                is(image, "dev.whirl.marks-output"),
                is(image, "dev.whirl.concurrent"),
                is(image, "dev.whirl.read-only-root"));
    }

    private static boolean is(ImageFacts image, String label) {
        return "true".equals(image.labels().get(label));
    }
}

package dev.whirl.bench.scenario;

/// How the calls of functions that were never called before follow each other.
enum ColdWay {
    /// Each waits for the platform to have a stem cell again.
    STEM_CELL("stem-cell"),

    /// Each follows the answer to the one before.
    BACK_TO_BACK("back-to-back"),

    /// On a platform that keeps no stem cells, a moment after the one before.
    NO_STEM_CELL("no-stem-cell");

    private final String label;

    ColdWay(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}

package dev.whirl.bench.scenario;

/// How the calls of functions that were never called before follow each other.
enum ColdWay {
    STEM_CELL_READY("stem cell ready"),
    BACK_TO_BACK("back to back");

    private final String label;

    ColdWay(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}

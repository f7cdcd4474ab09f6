package dev.whirl.bench.scenario;

/// Something that has to be on a platform before it is measured: its path below the namespace, and the document that
/// creates it.
record Entity(String path, String document) {}

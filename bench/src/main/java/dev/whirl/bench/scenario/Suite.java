package dev.whirl.bench.scenario;

import dev.whirl.bench.report.Round;
import java.io.IOException;
import java.util.List;

/// Something that is measured on a running platform, several times.
public interface Suite {
    /// One entry for each repetition. Whatever was created for it is deleted again.
    List<Round> run(Target target) throws IOException, InterruptedException;
}

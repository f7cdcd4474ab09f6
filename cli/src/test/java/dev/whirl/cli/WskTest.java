package dev.whirl.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A test of command lines.
abstract class WskTest {
    protected static final String ID = Wsk.ID;

    @TempDir
    protected Path folder;

    protected Wsk wsk;

    @BeforeEach
    void start() throws IOException {
        wsk = new Wsk(folder);
    }

    @AfterEach
    void stop() {
        wsk.close();
    }
}

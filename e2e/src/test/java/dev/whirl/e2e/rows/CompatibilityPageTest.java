package dev.whirl.e2e.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CompatibilityPageTest {
    private static final Path PAGE = Repository.root().resolve("docs/reference/compatibility.md");

    @Test
    void referencePageTellsWhatTheTestsProve() throws IOException {
        String page = new CompatibilityPage(new Rows(), new TaggedTests()).text();
        if (Boolean.getBoolean("whirl.regenerate")) {
            Files.writeString(PAGE, page);
        }

        assertThat(PAGE).content().isEqualTo(page);
    }
}

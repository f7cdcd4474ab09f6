package dev.whirl.invoker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.model.activation.ActivationResponse.Status;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R-139")
class StorageLevelTest {
    @Test
    void eachLevelKeepsTheseOutcomes() {
        assertThat(kept(StorageLevel.ALWAYS)).containsExactly(Status.values());
        assertThat(kept(StorageLevel.FAILURES))
                .containsExactly(Status.APPLICATION_ERROR, Status.DEVELOPER_ERROR, Status.WHISK_ERROR);
        assertThat(kept(StorageLevel.FAILURES_NOT_APPLICATION_ERRORS))
                .containsExactly(Status.DEVELOPER_ERROR, Status.WHISK_ERROR);
    }

    private static List<Status> kept(StorageLevel level) {
        return Arrays.stream(Status.values()).filter(level::keeps).toList();
    }
}

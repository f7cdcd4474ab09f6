package dev.whirl.e2e.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Every row of `rows.txt` is proved by a test that carries its tag, in whatever module.
class RowsHaveTestsTest {
    private static final int TRAPS = 25;

    private final Rows rows = new Rows();

    @Test
    void everyRowHasATestThatCarriesItsTag() {
        var missing = new TreeSet<>(rows.ids());
        missing.removeAll(new TaggedTests().tags());
        missing.removeIf(row -> rows.differences().containsKey(row)
                && !rows.differences().get(row).isOffered());

        assertThat(missing).as("rows without a test").isEmpty();
    }

    @Test
    void everyTrapHasATestThatCarriesItsNumber() {
        var tags = new TaggedTests().tags();

        assertThat(IntStream.rangeClosed(1, TRAPS).mapToObj(n -> "trap-" + n)).allMatch(tags::contains);
    }

    @Test
    void everyDifferenceIsOneOfARow() {
        assertThat(rows.ids()).containsAll(rows.differences().keySet());
    }
}

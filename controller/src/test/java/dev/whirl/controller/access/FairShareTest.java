package dev.whirl.controller.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("R-152")
@Tag("I-15")
class FairShareTest {
    @ParameterizedTest(name = "{1} controllers allow {2} each of {0}")
    @CsvSource({
        "60,1,60",
        "60,0,60",
        "60,2,36",
        "60,3,24",
        "60,7,10",
        "61,2,37",
        "1,2,1",
        "1,9,1",
        "0,1,0",
        "0,5,0",
        "2147483647,1,2147483647",
        "2147483647,2,1288490188"
    })
    void eachAllowsItsShareOfAFifthMore(int quota, int controllers, int share) {
        assertThat(FairShare.of(quota, controllers)).isEqualTo(share);
    }
}

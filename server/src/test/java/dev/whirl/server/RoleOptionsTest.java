package dev.whirl.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.server.Flags.Wish;
import dev.whirl.server.ServerConfig.Role;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoleOptionsTest {
    private final RoleOptions options = new RoleOptions();

    @Test
    void theNumberIsThatAtTheEndOfAName() {
        Wish wish = options.flags(Role.CONTROLLER).read(List.of("--number-of", "whirl2-controller-12"));

        assertThat(wish).isEqualTo(new Wish.Start());
        assertThat(options.reader(Role.CONTROLLER, Map.of()).text("controller.id", "", ""))
                .isEqualTo("12");
    }

    @Test
    void aNameWithoutANumberIsWrongUsage() {
        assertThat(options.flags(Role.INVOKER).read(List.of("--number-of=node-a")))
                .isEqualTo(new Wish.Wrong(
                        "--number-of takes a name with a number at its end, such as controller-2, not 'node-a'"));
    }

    @Test
    void onlyControllersAndInvokersHaveNumbers() {
        assertThat(options.flags(Role.FEEDS).read(List.of("--number-of", "feeds-1")))
                .isEqualTo(new Wish.Wrong("there is no option '--number-of'"));
    }

    @Test
    void aCheckSaysAllThatIsWrongAndStartsNothing() {
        assertThat(ConfigCheck.problems(
                        List.of("gateway", "--set", "http.port=high", "--set", "pool.memory=1 GB"), Map.of()))
                .anyMatch(each -> each.contains("'high' is no whole number"))
                .anyMatch(each -> each.contains("unknown key 'pool.memory'"));
        assertThat(ConfigCheck.problems(List.of("feeds", "--set=feeds.api-host=http://a:1", "--check"), Map.of()))
                .isEmpty();
        assertThat(ConfigCheck.problems(List.of("feeds", "--check"), Map.of()))
                .containsExactly("feeds.api-host is not set: a provider of feeds must know where to fire");
        assertThat(ConfigCheck.problems(List.of("dance"), Map.of()))
                .containsExactly("'dance' is no part of the platform");
    }
}

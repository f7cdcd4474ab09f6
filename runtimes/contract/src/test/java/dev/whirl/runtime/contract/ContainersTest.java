package dev.whirl.runtime.contract;

import java.util.Map;
import org.junit.jupiter.api.Tag;

/// The images of the languages whose tools are small.
@Tag("K-22")
class ContainersTest extends ContainerContract {
    ContainersTest() {
        super(Map.of("go", "go:1.19", "php", "php:8.2", "ruby", "ruby:3.1"));
    }
}

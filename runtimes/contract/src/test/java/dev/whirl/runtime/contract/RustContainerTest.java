package dev.whirl.runtime.contract;

import java.util.Map;
import org.junit.jupiter.api.Tag;

/// The image for Rust, whose libraries are compiled while it is made.
@Tag("K-22")
@Tag("long")
class RustContainerTest extends ContainerContract {
    RustContainerTest() {
        super(Map.of("rust", "rust:1.63"));
    }
}

package dev.whirl.common.config;

import java.util.List;

/// The configuration can't be used. Carries every problem found, one sentence each.
public final class ConfigException extends RuntimeException {
    private final transient List<String> problems;

    public ConfigException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}

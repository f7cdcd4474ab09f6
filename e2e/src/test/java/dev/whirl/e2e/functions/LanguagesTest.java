package dev.whirl.e2e.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Answer;
import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.SharedServer;
import dev.whirl.model.json.RawJson;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Functions in languages that a machine need not have, under the kinds of OpenWhisk's manifest.
class LanguagesTest {
    private static final Api GUEST = SharedServer.guest();
    private static final Map<String, String> ECHOES = Map.of(
            "go:1.20",
            "package main\nfunc Main(args map[string]interface{}) map[string]interface{} { return args }",
            "ruby:2.5",
            "def main(args)\n  args\nend",
            "php:8.1",
            "<?php function main(array $args): array { return $args; }",
            "rust:1.34",
            "extern crate serde_json;\nuse serde_json::{Error, Value};\n"
                    + "pub fn main(args: Value) -> Result<Value, Error> { Ok(args) }");

    @BeforeAll
    static void requireTools() {
        String screen = SharedServer.get().output();
        boolean isHere = !screen.matches("(?s).*(go|ruby|php|rust):\\S+ not here.*");
        Assumptions.assumeTrue(
                isHere || "true".equals(System.getenv("CI")), "not run: Go, Ruby, PHP or Rust is not here");
    }

    @ParameterizedTest
    @Tag("R-63")
    @Tag("K-22")
    @ValueSource(strings = {"go:1.20", "ruby:2.5", "php:8.1", "rust:1.34"})
    void aKindOfOpenWhisksIsServedAndStaysWhatItIsCalled(String kind) {
        String name = GUEST.stored(kind, ECHOES.getOrDefault(kind, ""), "");

        Answer record = GUEST.invoke(name, "{\"a\":1}").expect(200);

        assertThat(record.at("response", "result").compact().toString()).isEqualTo("{\"a\":1}");
        assertThat(record.annotation("kind")).contains(RawJson.string(kind));
        assertThat(GUEST.get(Api.action(name)).text("exec", "kind")).isEqualTo(kind);
    }

    @Test
    @Tag("K-22")
    void whatDoesNotCompileIsTheDevelopersErrorAndNamesTheLine() {
        String name = GUEST.stored("go:default", "package main\n\nfunc Main(args any) any { return nowhere }", "");

        Answer record = GUEST.invoke(name, "{}").expect(502);

        assertThat(record.text("response", "status")).isEqualTo("action developer error");
        assertThat(record.text("response", "result", "error")).contains("action.go:3:", "undefined: nowhere");
        assertThat(GUEST.recordWithLogs(record.text("activationId")).logs())
                .anyMatch(line -> line.contains("undefined: nowhere"));
    }
}

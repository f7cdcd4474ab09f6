package dev.whirl.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.model.activation.ActivationResponse.Status;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Text that is not UTF-8, on its way to web actions and from them. The raw bytes show as characters of ISO-8859-1.
class WebCharsetsTest {
    private static final TestPlatform platform = TestPlatform.start();

    @BeforeAll
    static void prepare() {
        platform.asGuest().put("actions/web", """
                {"exec": {"kind": "nodejs:20", "code": "x"},
                 "annotations": [{"key": "web-export", "value": true}]}""");
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/plain; charset=ISO-8859-1          | gr\u00fcn",
                "text/plain;Charset=\"windows-1252\"     | gr\u00fcn",
                "text/plain; charset=utf-8               | gr\u00c3\u00bcn",
                "text/plain; charset=no-such             | gr\u00c3\u00bcn",
                "application/xml                         | gr\u00c3\u00bcn"
            })
    @Tag("W-10")
    void textIsSentInTheEncodingThatTheFunctionDeclares(String type, String bytes) throws Exception {
        platform.invoker()
                .answerWith(
                        Status.SUCCESS,
                        "{\"headers\":{\"content-type\":\"%s\"},\"body\":\"gr\u00fcn\"}"
                                .formatted(type.replace("\"", "\\\"")));

        String answer = exchange("GET", "", "");

        assertThat(answer).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\n" + bytes);
    }

    @Test
    @Tag("W-10")
    void jsonIsUtf8WhateverItSays() throws Exception {
        platform.invoker().answerWith(Status.SUCCESS, """
                {"headers":{"content-type":"application/json; charset=ISO-8859-1"},"body":"\\"gr\u00fcn\\""}""");

        assertThat(exchange("GET", "", "")).endsWith("\"gr\u00c3\u00bcn\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"text/plain; charset=ISO-8859-1 | gr\u00fcn", "text/plain                     | gr\u00c3\u00bcn"})
    @Tag("W-7")
    void textIsReadInTheEncodingThatTheClientDeclares(String type, String bytes) throws Exception {
        platform.invoker().answerWith(Status.SUCCESS, "{}");

        exchange("POST", "Content-Type: " + type + "\r\nContent-Length: " + bytes.length() + "\r\n", bytes);

        assertThat(platform.invoker().received().getLast().arguments().toString())
                .contains("\"__ow_body\":\"gr\u00fcn\"");
    }

    private static String exchange(String method, String headers, String body) throws Exception {
        return RawRequests.exchange(
                platform.port(),
                method + " /api/v1/web/guest/default/web.http HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + headers
                        + "\r\n" + body);
    }
}

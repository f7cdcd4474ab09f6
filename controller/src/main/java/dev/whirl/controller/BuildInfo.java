package dev.whirl.controller;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/// Which build this is, as `wsk property get` shows it (row R-20).
public record BuildInfo(String build, String number) {
    /// What the build wrote into this jar.
    public static BuildInfo ofThisJar() {
        var properties = new Properties();
        try (InputStream in = BuildInfo.class.getResourceAsStream("build.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new BuildInfo(properties.getProperty("build", "unknown"), properties.getProperty("number", "unknown"));
    }
}

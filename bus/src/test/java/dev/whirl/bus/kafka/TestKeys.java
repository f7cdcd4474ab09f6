package dev.whirl.bus.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A key with a certificate that it signed itself, for `localhost`.
///
/// @param store the key (PKCS12)
/// @param certificate PEM
record TestKeys(Path store, Path certificate) {
    static final String PASSWORD = "changeit";

    static TestKeys make(Path folder) {
        var keys = new TestKeys(folder.resolve("broker.p12"), folder.resolve("broker.pem"));
        keytool("-genkeypair -keyalg EC -dname CN=localhost -ext san=dns:localhost,ip:127.0.0.1 -validity 2", keys);
        keytool("-exportcert -rfc -file " + keys.certificate, keys);
        return keys;
    }

    private static void keytool(String arguments, TestKeys keys) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments.split(" ")));
        command.addAll(List.of("-alias", "broker", "-storetype", "PKCS12", "-storepass", PASSWORD));
        command.addAll(List.of("-keystore", keys.store.toString()));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

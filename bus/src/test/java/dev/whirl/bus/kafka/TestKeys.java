package dev.whirl.bus.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// A key with a certificate that it signed itself, for `localhost`.
///
/// @param store the key (PKCS12)
/// @param certificate PEM
/// @param pair key and certificate (PEM)
record TestKeys(Path store, Path certificate, Path pair) {
    static final String PASSWORD = "changeit";
    private static final String ALIAS = "broker";

    static TestKeys make(Path folder) {
        var keys = new TestKeys(folder.resolve("broker.p12"), folder.resolve("broker.pem"), folder.resolve("pair.pem"));
        keytool("-genkeypair -keyalg EC -dname CN=localhost -ext san=dns:localhost,ip:127.0.0.1 -validity 2", keys);
        keytool("-exportcert -rfc -file " + keys.certificate, keys);
        keys.writePair();
        return keys;
    }

    private void writePair() {
        try {
            KeyStore opened = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
            byte[] key = opened.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded();
            String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key);
            Files.writeString(
                    pair,
                    "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n"
                            + Files.readString(certificate));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void keytool(String arguments, TestKeys keys) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments.split(" ")));
        command.addAll(List.of("-alias", ALIAS, "-storetype", "PKCS12", "-storepass", PASSWORD));
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

package dev.whirl.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.whirl.model.json.RawJson;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// What is sent to a sandbox, put together only on its way into the socket.
public sealed interface Payload {
    /// The document of an init, with the code that stands apart from it.
    static Payload of(InitRequest init) {
        InitCode code = init.code();
        return code == null ? new Whole(init.body()) : new WithCode(init.body(), code);
    }

    int sizeBytes();

    void writeTo(OutputStream out) throws IOException;

    /// It is not written any more.
    default void sent() {}

    /// One document as it is.
    record Whole(RawJson document) implements Payload {
        @Override
        public int sizeBytes() {
            return document.sizeBytes();
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            document.writeTo(out);
        }
    }

    /// Not a byte.
    record Nothing() implements Payload {
        @Override
        public int sizeBytes() {
            return 0;
        }

        @Override
        public void writeTo(OutputStream out) {}
    }

    /// A file of this machine, which nobody changes.
    record OfFile(Path file, int sizeBytes) implements Payload {
        @Override
        public void writeTo(OutputStream out) throws IOException {
            Files.copy(file, out);
        }
    }

    /// The document of an init, with the code as the first field of its value.
    record WithCode(RawJson document, InitCode code) implements Payload {
        private static final String BEFORE = InitRequest.BEGINNING + "\"code\":";
        private static final String AFTER = ",";

        @Override
        public int sizeBytes() {
            int added = BEFORE.length() - InitRequest.BEGINNING.length() + AFTER.length();
            return Math.addExact(document.sizeBytes() + added, code.text().sizeBytes());
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            out.write(BEFORE.getBytes(UTF_8));
            code.text().writeTo(out);
            out.write(AFTER.getBytes(UTF_8));
            document.writeTo(out, InitRequest.BEGINNING.length());
        }

        @Override
        public void sent() {
            code.giveBack();
        }
    }
}

package dev.whirl.controller.api.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// Collects an answer of unknown length, up to a bound.
final class WholeAnswer extends OutputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final int max;

    WholeAnswer(int max) {
        this.max = max;
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    @Override
    public void write(int next) throws IOException {
        require(1);
        bytes.write(next);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        require(length);
        bytes.write(from, offset, length);
    }

    private void require(int more) throws IOException {
        if (more > max - bytes.size()) {
            throw new IOException("an answer is longer than %d bytes".formatted(max));
        }
    }
}

package dev.whirl.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Standard output, that remembers what went wrong: a `PrintStream` above it tells nobody.
final class StandardStream extends FilterOutputStream {
    private @Nullable IOException failure;

    StandardStream(OutputStream out) {
        super(out);
    }

    /// Why not everything could be written. That nobody reads on, as `head` does when it has enough, is no failure.
    Optional<String> failure() {
        return Optional.ofNullable(failure)
                .map(each -> String.valueOf(each.getMessage()))
                .filter(message -> !message.contains("Broken pipe"));
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        try {
            out.write(bytes, from, length);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }
}

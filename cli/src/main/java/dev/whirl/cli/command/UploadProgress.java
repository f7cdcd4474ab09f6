package dev.whirl.cli.command;

import dev.whirl.cli.output.Terminal;
import dev.whirl.client.http.CallListener;
import dev.whirl.client.http.HttpCall;
import dev.whirl.client.http.HttpReply;
import org.jspecify.annotations.Nullable;

/// A bar on the terminal while a large body is sent. It is gone when the answer is there. Calls of other threads do not
/// touch it; `this` guards the fields.
final class UploadProgress implements CallListener {
    private static final int WIDTH = 30;
    private static final long MIN_BYTES = 1024 * 1024;

    private final Terminal terminal;
    private final Interrupts interrupts;
    private int shown = -1;
    private @Nullable Thread uploader;
    private Interrupts.@Nullable Registration registration;

    /// @param interrupts after which the bar must be gone, too
    UploadProgress(Terminal terminal, Interrupts interrupts) {
        this.terminal = terminal;
        this.interrupts = interrupts;
    }

    @Override
    public synchronized void sending(HttpCall call) {
        if (isOthers()) {
            return;
        }
        shown = -1;
    }

    @Override
    public synchronized void uploading(HttpCall call, long sentBytes) {
        byte[] body = call.body();
        if (body == null || body.length < MIN_BYTES || isOthers()) {
            return;
        }
        uploader = Thread.currentThread();
        int percent = (int) (100 * sentBytes / body.length);
        if (registration == null) {
            registration = interrupts.register(ExitCodes.INTERRUPTED, terminal::eraseLine);
        }
        if (percent != shown) {
            shown = percent;
            terminal.stream().print("\r" + bar(percent, body.length));
            terminal.stream().flush();
        }
    }

    @Override
    public void received(HttpReply reply) {
        erase();
    }

    @Override
    public void failed(HttpCall call) {
        erase();
    }

    private boolean isOthers() {
        return uploader != null && uploader != Thread.currentThread();
    }

    private synchronized void erase() {
        if (isOthers()) {
            return;
        }
        uploader = null;
        if (shown >= 0) {
            shown = -1;
            terminal.eraseLine();
        }
        if (registration != null) {
            registration.close();
            registration = null;
        }
    }

    /// `uploading [=====>      ]  42 % of 3.1 MB`
    static String bar(int percent, long totalBytes) {
        int filled = WIDTH * percent / 100;
        String tip = filled < WIDTH ? ">" + " ".repeat(WIDTH - filled - 1) : "";
        String number = " ".repeat(percent < 10 ? 2 : percent < 100 ? 1 : 0) + percent;
        long tenths = totalBytes * 10 / (1024 * 1024);
        return "uploading [%s%s] %s %% of %d.%d MB"
                .formatted("=".repeat(filled), tip, number, tenths / 10, tenths % 10);
    }
}

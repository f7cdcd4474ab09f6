package dev.whirl.client;

import java.net.SocketTimeoutException;

/// An answer began, and did not go on at a bearable pace.
public final class SlowAnswerException extends SocketTimeoutException {
    public SlowAnswerException() {
        super("the answer comes too slowly");
    }
}

package dev.whirl.e2e.support;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/// Names that no other test uses.
public final class Names {
    private static final AtomicInteger NEXT = new AtomicInteger();
    private static final String RUN =
            Long.toString(System.nanoTime() & 0xffffff, 36).toLowerCase(Locale.ROOT);

    private Names() {}

    public static String unique(String beginning) {
        return beginning + "-" + RUN + "-" + NEXT.incrementAndGet();
    }
}

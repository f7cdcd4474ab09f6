package dev.whirl.sandbox.http;

import dev.whirl.sandbox.Reply;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// The life of a container that there is not.
final class TestLife implements ContainerLife {
    final List<InetSocketAddress> questions = new CopyOnWriteArrayList<>();
    volatile boolean isOver;
    volatile Runnable whenAsked = () -> {};

    @Override
    public boolean hasEnded() {
        return isOver;
    }

    @Override
    public boolean holds(InetSocketAddress address) {
        questions.add(address);
        whenAsked.run();
        return !isOver;
    }

    @Override
    public Reply endedBeforeInit() {
        return endedUnderRequest("");
    }

    @Override
    public Reply.Died endedUnderRequest(String detail) {
        return new Reply.Died(Reply.Died.Cause.EXITED, detail);
    }

    @Override
    public boolean isDamaged() {
        return false;
    }
}

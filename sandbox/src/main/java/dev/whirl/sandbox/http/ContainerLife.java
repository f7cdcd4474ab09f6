package dev.whirl.sandbox.http;

import dev.whirl.sandbox.Reply;
import java.net.InetSocketAddress;

/// What is known of a container beside its answers: from whoever started it, or from the kernel.
public interface ContainerLife {
    /// Whether it can't answer any more.
    boolean hasEnded() throws InterruptedException;

    /// Whether it runs and that address is its own, and was all the time since the sandbox was started, as far as can
    /// be known: whoever answers there is this container then, and not one that got the address of a dead one.
    boolean holds(InetSocketAddress address) throws InterruptedException;

    /// What to say of an init that nothing was sent of, because it had ended.
    Reply endedBeforeInit() throws InterruptedException;

    /// Why it broke off under a request. May wait, a bounded time, until that is known.
    ///
    /// @param detail what was seen of it on the connection
    Reply.Died endedUnderRequest(String detail) throws InterruptedException;

    /// Whether the kernel killed a process of it for want of memory: what is left of it has lost a part.
    boolean isDamaged();
}

package dev.whirl.sandbox.process.launch;

import dev.whirl.sandbox.process.system.Posix;
import dev.whirl.sandbox.process.system.ProcessTable;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The first process of a sandbox that a [WarmParent] forked. It is no child of this server: the parent tells how it
/// ended.
public final class ForkedProcess extends Process {
    /// What is told of a process whose parent could not tell any more.
    static final int STATUS_UNKNOWN = 137;

    private final long pid;
    private final long startTicks;
    private final CountDownLatch hasEnded = new CountDownLatch(1);
    private final CompletableFuture<Process> exit = new CompletableFuture<>();
    private volatile int status = STATUS_UNKNOWN;

    /// One that runs.
    ForkedProcess(long pid) {
        this.pid = pid;
        this.startTicks =
                ProcessTable.entry(pid).map(ProcessTable.Entry::startTicks).orElse(-1L);
    }

    void ended(int newStatus) {
        if (hasEnded.getCount() > 0) {
            status = newStatus;
            hasEnded.countDown();
            exit.complete(this);
        }
    }

    /// By the system's own list, without its parent.
    boolean isThere() {
        return ProcessTable.isAlive(pid, startTicks);
    }

    @Override
    public long pid() {
        return pid;
    }

    @Override
    public int waitFor() throws InterruptedException {
        hasEnded.await();
        return status;
    }

    @Override
    public boolean waitFor(long timeout, TimeUnit unit) throws InterruptedException {
        return hasEnded.await(timeout, unit);
    }

    @Override
    public int exitValue() {
        if (isAlive()) {
            throw new IllegalThreadStateException("process has not exited");
        }
        return status;
    }

    @Override
    public boolean isAlive() {
        return hasEnded.getCount() > 0;
    }

    @Override
    public CompletableFuture<Process> onExit() {
        return exit;
    }

    /// Kills it, and with it everything in its process namespace.
    @Override
    public void destroy() {
        if (isAlive() && isThere()) {
            Posix.kill(pid, Posix.SIGKILL);
        }
    }

    @Override
    public Process destroyForcibly() {
        destroy();
        return this;
    }

    @Override
    public OutputStream getOutputStream() {
        return OutputStream.nullOutputStream();
    }

    @Override
    public InputStream getInputStream() {
        return InputStream.nullInputStream();
    }

    @Override
    public InputStream getErrorStream() {
        return InputStream.nullInputStream();
    }
}

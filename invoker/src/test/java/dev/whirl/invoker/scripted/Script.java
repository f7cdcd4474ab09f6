package dev.whirl.invoker.scripted;

import dev.whirl.sandbox.CollectedLogs;
import dev.whirl.sandbox.InitRequest;
import dev.whirl.sandbox.Reply;
import dev.whirl.sandbox.RunRequest;
import dev.whirl.sandbox.Sandbox.Condition;
import dev.whirl.sandbox.SandboxException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// What scripted sandboxes do. Each method can be overridden; as it stands everything succeeds.
public class Script {
    public void start(String runtime) throws SandboxException, InterruptedException {}

    public Reply init(ScriptedSandbox sandbox, InitRequest request) throws InterruptedException {
        return answer(200, "{\"ok\":true}");
    }

    public Reply run(ScriptedSandbox sandbox, RunRequest request) throws InterruptedException {
        return answer(200, "{\"ran\":true}");
    }

    public CollectedLogs logs(CollectedLogs written) {
        return written;
    }

    public Condition inspect() {
        return Condition.CLEAN;
    }

    public boolean runsConcurrently() {
        return false;
    }

    public boolean canPause() {
        return false;
    }

    public boolean canResize() {
        return true;
    }

    public void resume() throws SandboxException {}

    /// Runs last until they are told to go on.
    public static Script blocking(CountDownLatch goOn) {
        return new Script() {
            @Override
            public Reply run(ScriptedSandbox sandbox, RunRequest request) throws InterruptedException {
                boolean isTold = goOn.await(60, TimeUnit.SECONDS);
                return answer(200, "{\"told\":" + isTold + "}");
            }
        };
    }

    public static Reply answer(int status, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new Reply.Answered(status, bytes, bytes.length);
    }
}

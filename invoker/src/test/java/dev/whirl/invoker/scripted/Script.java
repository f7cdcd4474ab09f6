package dev.whirl.invoker.scripted;

import dev.whirl.sandbox.InitRequest;
import dev.whirl.sandbox.Reply;
import dev.whirl.sandbox.RunRequest;
import dev.whirl.sandbox.Sandbox.Condition;
import dev.whirl.sandbox.SandboxException;
import java.nio.charset.StandardCharsets;

/// What scripted sandboxes do. Each method can be overridden; as it stands everything succeeds.
public class Script {
    public void start(String runtime) throws SandboxException, InterruptedException {}

    public Reply init(ScriptedSandbox sandbox, InitRequest request) throws InterruptedException {
        return answer(200, "{\"ok\":true}");
    }

    public Reply run(ScriptedSandbox sandbox, RunRequest request) throws InterruptedException {
        return answer(200, "{\"ran\":true}");
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

    public void resume() throws SandboxException {}

    public static Reply answer(int status, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new Reply.Answered(status, bytes, bytes.length);
    }
}

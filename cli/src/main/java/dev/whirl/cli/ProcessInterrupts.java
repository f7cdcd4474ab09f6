package dev.whirl.cli;

import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Interrupts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Ctrl-C in this process: everything that was registered is run, the last first, and then it ends with the exit code
/// of the first. `this` guards the
/// fields.
final class ProcessInterrupts implements Interrupts {
    private final List<Farewell> farewells = new ArrayList<>();
    private @Nullable Thread hook;

    private record Farewell(int exitCode, Runnable words) {}

    @Override
    public synchronized Registration register(int exitCode, Runnable words) {
        var farewell = new Farewell(exitCode, words);
        farewells.add(farewell);
        if (hook == null) {
            hook = new Thread(this::end);
            Runtime.getRuntime().addShutdownHook(hook);
        }
        return () -> remove(farewell);
    }

    private synchronized void remove(Farewell farewell) {
        farewells.remove(farewell);
        if (hook != null && farewells.isEmpty()) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
                hook = null;
            } catch (IllegalStateException _) {
                // the process is ending
            }
        }
    }

    private synchronized List<Farewell> registered() {
        return List.copyOf(farewells);
    }

    private void end() {
        List<Farewell> all = registered();
        all.reversed().forEach(each -> each.words().run());
        Runtime.getRuntime()
                .halt(all.isEmpty() ? ExitCodes.INTERRUPTED : all.getFirst().exitCode());
    }
}

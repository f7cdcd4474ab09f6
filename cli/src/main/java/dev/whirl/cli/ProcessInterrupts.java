package dev.whirl.cli;

import dev.whirl.cli.command.Interrupts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Ctrl-C in this process: everything that was registered is run, the last first, and then it ends. `this` guards the
/// fields.
final class ProcessInterrupts implements Interrupts {
    private final List<Runnable> farewells = new ArrayList<>();
    private @Nullable Thread hook;

    @Override
    public synchronized Registration register(Runnable farewell) {
        farewells.add(farewell);
        if (hook == null) {
            hook = new Thread(this::end);
            Runtime.getRuntime().addShutdownHook(hook);
        }
        return () -> remove(farewell);
    }

    private synchronized void remove(Runnable farewell) {
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

    private synchronized List<Runnable> registered() {
        return List.copyOf(farewells);
    }

    private void end() {
        registered().reversed().forEach(Runnable::run);
        Runtime.getRuntime().halt(1);
    }
}

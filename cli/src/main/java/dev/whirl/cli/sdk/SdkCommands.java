package dev.whirl.cli.sdk;

import dev.whirl.cli.command.CommandGroup;
import dev.whirl.cli.command.CommandGroup.Verb;
import java.util.List;

/// The group `wsk sdk`.
public final class SdkCommands {
    private SdkCommands() {}

    public static CommandGroup group() {
        return new CommandGroup(
                "sdk",
                "install completion for bash, and skeletons that a server offers",
                () -> List.of(new Verb("install", "install docker, ios or bashauto", SdkInstall::new)));
    }
}

package dev.whirl.sandbox.docker.engine;

import dev.whirl.model.json.RawJson;
import dev.whirl.sandbox.http.HttpRuntime;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/// How a container stands.
///
/// @param pid of its first process as the engine's machine counts; zero if there is none
/// @param address of its port 8080, as this process reaches it; empty if it has none now
/// @param ranOutOfMemory whether the kernel killed something in it for want of memory
public record ContainerState(
        boolean isRunning,
        boolean isPaused,
        int pid,
        int exitStatus,
        String error,
        boolean ranOutOfMemory,
        Optional<InetSocketAddress> address) {
    static ContainerState of(RawJson json, String network, boolean isPublished) {
        RawJson state = json.field("State").orElse(RawJson.EMPTY_OBJECT);
        return new ContainerState(
                flag(state, "Running"),
                flag(state, "Paused"),
                number(state, "Pid"),
                number(state, "ExitCode"),
                text(state, "Error").orElse(""),
                flag(state, "OOMKilled"),
                isPublished ? published(json) : own(json, network));
    }

    private static Optional<InetSocketAddress> own(RawJson json, String network) {
        return json.field("NetworkSettings")
                .flatMap(each -> each.field("Networks"))
                .flatMap(each -> each.field(network))
                .flatMap(each -> text(each, "IPAddress"))
                .filter(each -> !each.isEmpty())
                .map(each -> new InetSocketAddress(each, HttpRuntime.PORT));
    }

    private static Optional<InetSocketAddress> published(RawJson json) {
        return json.field("NetworkSettings")
                .flatMap(each -> each.field("Ports"))
                .flatMap(each -> each.field(ContainerOrder.PORT_NAME))
                .flatMap(each -> each.elements().stream().findFirst())
                .flatMap(each -> text(each, "HostPort"))
                .filter(each -> each.matches("[0-9]{1,5}"))
                .map(each -> new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(each)));
    }

    private static boolean flag(RawJson json, String name) {
        return json.field(name).flatMap(RawJson::asBoolean).orElse(false);
    }

    private static int number(RawJson json, String name) {
        return json.field(name)
                .flatMap(RawJson::asWholeNumber)
                .map(Math::toIntExact)
                .orElse(0);
    }

    private static Optional<String> text(RawJson json, String name) {
        return json.field(name).flatMap(RawJson::asText);
    }
}

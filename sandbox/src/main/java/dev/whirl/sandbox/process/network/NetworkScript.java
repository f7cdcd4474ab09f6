package dev.whirl.sandbox.process.network;

import java.nio.file.Path;
import java.util.List;

/// The shell scripts that give a sandbox a network on its way to becoming one. Their texts never change; all values
/// are arguments.
///
/// 1. [#OUTSIDE] runs as the server's user. It opens two pipes, and leaves behind a process that waits.
/// 2. It becomes the sandbox's user, and makes a network of its own: the caller's words between.
/// 3. [#INSIDE] has all power over that network. It tells the waiting process to become slirp4netns, writes the rules,
///    waits until slirp4netns is ready, and becomes the sandbox, which has no power over the network.
///
/// The sandbox keeps the writing end of the first pipe open while it lives; slirp4netns ends when that is closed.
final class NetworkScript {
    private static final String OUTSIDE = """
            PATH=/usr/sbin:/usr/bin:/sbin:/bin
            exec 7<>"$1" 6<"$1" 5>"$1" || exit 125
            exec 7<>"$2" 8<"$2" 4>"$2" || exit 125
            exec 7>&-
            log=$3 enter=$4 become=$5 slirp=$6 waiting=$7 carrying=$8
            shift 8
            (
              exec </dev/null >>"$log" 2>&1 5>&- 8<&- 9<&-
              exec $enter /bin/sh -c "$waiting" whirl-network "$enter" \\
                $become /bin/sh -c "$carrying" whirl-network $$ $slirp $$ tap0
            ) &
            exec 4>&- 6<&-
            exec "$@"
            """;

    /// In a mount namespace of its own it can make a device that the sandbox's user may open.
    private static final String WAITING = """
            if [ -n "$1" ]; then
              mount -t tmpfs -o size=64k,mode=755 tmpfs /dev/net && mknod -m 666 /dev/net/tun c 10 200 || exit 1
            fi
            shift
            read -r _ <&6 || exit 1
            exec "$@"
            """;

    /// If slirp4netns fails, the sandbox ends with it: one without its network would make runs fail that are in order.
    /// The parent is the sandbox: this process is killed with it, so that the number can't have become another's.
    private static final String CARRYING = """
            sandbox=$1
            shift
            "$@" &
            exec 4>&-
            wait $! || { [ "$PPID" = "$sandbox" ] && kill -KILL "$sandbox"; }
            """;

    private static final String INSIDE = """
            echo >&5
            printf %s "$2" | "$1" -batch - || exit 125
            files=$3
            shift 3
            read -r ready <&8
            [ "$ready" = 1 ] || { echo 'slirp4netns did not start' >&2; exit 125; }
            exec 8<&-
            ulimit -n "$files" || exit 125
            exec "$@"
            """;

    /// The descriptor whose end is the end of slirp4netns.
    static final String END_DESCRIPTOR = "5";

    private static final List<String> SLIRP_OPTIONS = List.of(
            "--configure",
            "--mtu=65520",
            "--exit-fd=6",
            "--ready-fd=4",
            "--enable-sandbox",
            "--enable-seccomp",
            "--netns-type=pid");

    private NetworkScript() {}

    /// Where a sandbox's pipes are, and where slirp4netns reports.
    record Files(Path end, Path ready, Path log) {}

    /// @param enter the words to enter a mount namespace, if a device must be made
    /// @param become the words that make slirp4netns another user's process that dies with its parent
    static List<String> outside(Files files, List<String> enter, List<String> become, Path slirp) {
        return List.of(
                "/bin/sh",
                "-c",
                OUTSIDE,
                "whirl-network",
                files.end().toString(),
                files.ready().toString(),
                files.log().toString(),
                String.join(" ", enter),
                String.join(" ", become),
                slirp + " " + String.join(" ", SLIRP_OPTIONS),
                WAITING,
                CARRYING);
    }

    /// @param openFiles of one process of the sandbox
    static List<String> inside(Path unshare, Path ip, String rules, int openFiles) {
        return List.of(
                unshare.toString(),
                "--user",
                "--map-root-user",
                "--net",
                "/bin/sh",
                "-c",
                INSIDE,
                "whirl-network",
                ip.toString(),
                rules,
                Integer.toString(openFiles));
    }
}

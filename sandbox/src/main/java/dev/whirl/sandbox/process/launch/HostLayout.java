package dev.whirl.sandbox.process.launch;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What of this machine's file system a sandbox shows, as arguments of bubblewrap: programs and libraries, and the few
/// files of `/etc` that they read. Nothing of `/home`, `/root`, `/var`, `/run`, `/opt`, `/srv`, `/mnt`.
final class HostLayout {
    private static final List<String> ROOTS = List.of("bin", "sbin", "lib", "lib32", "lib64", "libx32");

    /// Made first: bubblewrap makes the folders of single files for its own user alone.
    private static final List<String> FOLDERS = List.of("/etc", "/etc/ssl", "/etc/pki", "/etc/pki/tls");

    private static final List<String> ETC = List.of(
            "ld.so.cache",
            "ld.so.conf",
            "ld.so.conf.d",
            "ssl/certs",
            "ssl/openssl.cnf",
            "ca-certificates",
            "pki/tls/certs",
            "pki/ca-trust",
            "crypto-policies",
            "resolv.conf",
            "hosts",
            "host.conf",
            "gai.conf",
            "nsswitch.conf",
            "protocols",
            "services",
            "localtime",
            "timezone",
            "mime.types",
            "os-release",
            "alternatives",
            "fonts");

    /// Folders whose names carry a version: configuration that interpreters link to.
    private static final String ETC_VERSIONED = "{java-*,python3*}";

    private HostLayout() {}

    static List<String> arguments() {
        var arguments = new ArrayList<>(List.of("--ro-bind", "/usr", "/usr"));
        for (String name : ROOTS) {
            Path path = Path.of("/", name);
            if (Files.isSymbolicLink(path)) {
                arguments.addAll(List.of("--symlink", target(path), path.toString()));
            } else if (Files.isDirectory(path)) {
                arguments.addAll(List.of("--ro-bind", path.toString(), path.toString()));
            }
        }
        FOLDERS.forEach(name -> arguments.addAll(List.of("--dir", name)));
        ETC.forEach(name -> show(arguments, Path.of("/etc", name)));
        versioned().forEach(path -> show(arguments, path));
        return List.copyOf(arguments);
    }

    /// Whether that program is in what [#arguments] show, and not covered by something.
    static boolean isShown(Path program, PrivateFolders secret) {
        String first = program.getNameCount() > 0 ? program.getName(0).toString() : "";
        boolean isSystem = first.equals("usr") || ROOTS.contains(first);
        return isSystem && secret.withinSystem().stream().noneMatch(program::startsWith);
    }

    /// Words that put something empty over a folder, and that keep it so. What is to be seen of it comes between them.
    static List<String> cover(Path folder) {
        return List.of("--perms", "0755", "--size", "65536", "--tmpfs", folder.toString());
    }

    static List<String> keepCovered(Path folder) {
        return List.of("--remount-ro", folder.toString());
    }

    /// `-try`: what is there now may be gone when a sandbox starts.
    static void show(List<String> arguments, Path path) {
        if (Files.exists(path)) {
            arguments.addAll(List.of("--ro-bind-try", path.toString(), path.toString()));
        }
    }

    private static List<Path> versioned() {
        var found = new ArrayList<Path>();
        try (DirectoryStream<Path> matching = Files.newDirectoryStream(Path.of("/etc"), ETC_VERSIONED)) {
            matching.forEach(found::add);
        } catch (IOException e) {
            return List.of();
        }
        return found;
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "usr/" + link.getFileName();
        }
    }
}

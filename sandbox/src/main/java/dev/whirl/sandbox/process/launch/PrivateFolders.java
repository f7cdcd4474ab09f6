package dev.whirl.sandbox.process.launch;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Folders of this machine that no function may see: where people keep their files, and what is this server's.
///
/// @param homes of users
/// @param own of this server: data, running sandboxes, installation
record PrivateFolders(List<Path> homes, List<Path> own) {
    private static final Path SYSTEM = Path.of("/usr");

    /// Folders that many programs share. One of them is never hidden, even if somebody calls it the server's own.
    private static final Set<String> SHARED =
            Set.of("bin", "sbin", "lib", "lib32", "lib64", "libexec", "share", "local", "include", "src", "games");

    PrivateFolders {
        homes = List.copyOf(homes);
        own = List.copyOf(own);
    }

    /// Those of this machine.
    static PrivateFolders ofThisMachine(List<Path> own) {
        var homes = new LinkedHashSet<>(List.of(Path.of("/home"), Path.of("/root")));
        homes.add(Path.of(System.getProperty("user.home")));
        addChildren(Path.of("/home"), homes);
        addUsers(Path.of("/etc/passwd"), homes);
        return new PrivateFolders(real(homes.stream()), real(own.stream()));
    }

    /// Why functions must not see that path; empty if they may.
    Optional<String> objection(Path path) {
        if (path.getNameCount() < 2) {
            return Optional.of("functions would see all of " + path);
        }
        return Stream.concat(homes.stream(), own.stream())
                .filter(each -> each.startsWith(path) || isSettings(path, each))
                .findFirst()
                .map(found -> "functions would see %s".formatted(found.startsWith(path) ? found : path));
    }

    /// Those that would be visible as a part of the system, so that something must cover them.
    List<Path> withinSystem() {
        return own.stream()
                .filter(path -> path.startsWith(SYSTEM) && !isShared(path) && Files.isDirectory(path))
                .toList();
    }

    /// A hidden folder right in a home, such as `~/.local`: programs keep what is private in there.
    private static boolean isSettings(Path path, Path home) {
        return home.equals(path.getParent()) && path.getFileName().toString().startsWith(".");
    }

    private static boolean isShared(Path path) {
        Path last = path.getFileName();
        boolean isLocal = path.startsWith("/usr/local") && path.getNameCount() <= 3;
        boolean isHigh = path.getNameCount() <= 2 || isLocal;
        boolean isKnown = last != null && SHARED.contains(last.toString());
        return path.equals(SYSTEM) || (isHigh && isKnown);
    }

    private static void addChildren(Path folder, Set<Path> found) {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, Files::isDirectory)) {
            all.forEach(found::add);
        } catch (IOException e) {
            found.add(folder);
        }
    }

    /// Lines are `name:password:number:group:words:home:shell`.
    private static void addUsers(Path passwords, Set<Path> found) {
        try (Stream<String> lines = Files.lines(passwords)) {
            lines.map(line -> line.split(":", -1))
                    .filter(fields -> fields.length >= 6 && fields[5].startsWith("/"))
                    .map(fields -> Path.of(fields[5]).normalize())
                    .filter(home -> home.getNameCount() > 0 && !home.startsWith(SYSTEM))
                    .forEach(found::add);
        } catch (IOException | RuntimeException e) {
            found.add(Path.of("/home"));
        }
    }

    /// Each as it was given and, if it is a link, where that leads to.
    private static List<Path> real(Stream<Path> paths) {
        var found = new LinkedHashSet<Path>();
        paths.map(Path::toAbsolutePath).map(Path::normalize).forEach(path -> {
            found.add(path);
            try {
                found.add(path.toRealPath());
            } catch (IOException e) {
                found.add(path); // not there
            }
        });
        return List.copyOf(found);
    }
}

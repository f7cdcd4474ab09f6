package dev.whirl.sandbox.process.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;

/// Users of the kernel that belong to nobody, one for each sandbox, so that sandboxes differ from each other, from
/// this server and from every owner of files even where the namespaces fail. Only root can become them.
///
/// The numbers are above those that distributions, containers and service managers hand out. Each server has a block
/// of its own by its process id.
public final class UserIds {
    private static final int FIRST = 1_900_000_000;
    private static final int BLOCK = 4_096;
    private static final int BLOCKS = 32_768;

    private static final UserIds SHARED = find();

    private final int first;
    private final boolean isAvailable;
    private final Set<Integer> taken = new HashSet<>();
    private int next = 1; // the first one is for what makes sandboxes

    private UserIds(boolean isAvailable, int first) {
        this.isAvailable = isAvailable;
        this.first = first;
    }

    /// Those of this server, if it is root and the kernel knows these numbers here.
    public static UserIds ofThisProcess() {
        return SHARED;
    }

    /// Whether sandboxes have users of their own.
    public boolean isAvailable() {
        return isAvailable;
    }

    /// One that no other sandbox has; empty where all run as this server's user.
    public synchronized OptionalInt take() {
        if (!isAvailable) {
            return OptionalInt.empty();
        }
        for (int i = 1; i < BLOCK; i++) {
            int id = first + next;
            next = 1 + next % (BLOCK - 1);
            if (taken.add(id)) {
                return OptionalInt.of(id);
            }
        }
        throw new IllegalStateException("more than %d sandboxes".formatted(BLOCK - 1));
    }

    public synchronized void giveBack(int id) {
        taken.remove(id);
    }

    /// A user for trying things out, and for what makes sandboxes.
    int sample() {
        return first;
    }

    /// How many there are, from [#sample] on.
    static int count() {
        return BLOCK;
    }

    /// Which of them one is.
    int indexOf(int id) {
        return id - first;
    }

    private static UserIds find() {
        int first = FIRST + (int) (ProcessHandle.current().pid() % BLOCKS) * BLOCK;
        return new UserIds(isRoot() && isMapped(first), first);
    }

    private static boolean isRoot() {
        try {
            return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /// Lines of `uid_map`: first number inside, first outside, count.
    private static boolean isMapped(int id) {
        try {
            return Files.readAllLines(Path.of("/proc/self/uid_map")).stream()
                    .map(line -> line.strip().split("\\s+"))
                    .anyMatch(range -> Long.parseLong(range[0]) <= id
                            && Long.parseLong(range[0]) + Long.parseLong(range[2]) >= (long) id + BLOCK);
        } catch (IOException e) {
            return false;
        }
    }
}

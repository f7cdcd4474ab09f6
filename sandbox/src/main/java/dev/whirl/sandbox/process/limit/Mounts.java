package dev.whirl.sandbox.process.limit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Where control group hierarchies are mounted, and which group of each this process is in.
///
/// @param lines of `mountinfo`
/// @param memberships lines of `/proc/self/cgroup`
record Mounts(List<String> lines, List<String> memberships) {
    /// One mounted hierarchy.
    ///
    /// @param root which group is mounted there
    private record Mount(Path point, String root, List<String> options) {}

    Mounts {
        lines = List.copyOf(lines);
        memberships = List.copyOf(memberships);
    }

    static Mounts read(Path processFolder) {
        try {
            return new Mounts(
                    Files.readAllLines(processFolder.resolve("mountinfo")),
                    Files.readAllLines(processFolder.resolve("cgroup")));
        } catch (IOException e) {
            return new Mounts(List.of(), List.of());
        }
    }

    /// Groups of a version 1 controller in which one of ours may be made, best first: this process's own, then
    /// those above it.
    List<Path> legacy(String controller) {
        return mounts("cgroup").stream()
                .filter(mount -> mount.options().contains(controller))
                .findFirst()
                .map(mount -> candidates(mount, membership(controller)))
                .orElse(List.of());
    }

    /// As [#legacy], of version 2.
    List<Path> unified() {
        return mounts("cgroup2").stream()
                .findFirst()
                .map(mount -> candidates(mount, membership("")))
                .orElse(List.of());
    }

    /// Lines are `id parent device root point options … - type source super-options`.
    private List<Mount> mounts(String type) {
        var found = new ArrayList<Mount>();
        for (String line : lines) {
            String[] halves = line.split(" - ", 2);
            String[] before = halves[0].split(" ");
            String[] after = halves.length == 2 ? halves[1].split(" ") : new String[0];
            if (before.length >= 5 && after.length >= 3 && after[0].equals(type)) {
                found.add(new Mount(Path.of(before[4]), before[3], Arrays.asList(after[2].split(","))));
            }
        }
        return found;
    }

    private static List<Path> candidates(Mount mount, String membership) {
        boolean isBelow = membership.startsWith(mount.root());
        String inside = isBelow ? membership.substring(mount.root().length()) : "";
        String relative = inside.startsWith("/") ? inside.substring(1) : inside;
        var found = new ArrayList<Path>();
        for (Path each = mount.point().resolve(relative); each != null; each = each.getParent()) {
            found.add(each);
            if (each.equals(mount.point())) {
                break;
            }
        }
        return found;
    }

    /// The path of the line `<number>:<controllers>:<path>`; of version 2 the controllers are empty.
    private String membership(String controller) {
        for (String line : memberships) {
            String[] fields = line.split(":", 3);
            if (fields.length == 3 && Arrays.asList(fields[1].split(",")).contains(controller)) {
                return fields[2];
            }
        }
        return "/";
    }
}

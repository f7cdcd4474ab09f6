package dev.whirl.server.admin;

import dev.whirl.model.identity.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `whirl admin user seed`: each file of a folder names a user, and has its key.
///
/// @param folder with those who are to be there
/// @param withdrawn folder with those who are not any more: whoever has that key still loses it, unless
///     the first folder has the same name. A folder that is missing names nobody. A guest with the key
///     that everybody knows goes whatever is in this folder: no Secret has that key once a quickstart is
///     over. Null if nobody is taken away
record SeedUsers(Path folder, @Nullable Path withdrawn) implements AdminTask.Work {
    private static final int MOST = 1_000;
    private static final int LARGEST_BYTES = 1_024;

    @Override
    public int run(Administered place, Consumer<String> out) {
        var accounts = new Accounts(place, out);
        var wanted = new HashSet<String>();
        int code = AdminTask.DONE;
        try {
            for (Path each : files(folder)) {
                Subject user = user(each);
                wanted.add(user.name());
                code = Math.max(code, accounts.keep(user));
            }
            if (withdrawn == null) {
                return code;
            }
            code = Math.max(code, withdrawKnownGuest(accounts, wanted));
            for (Path each : Files.isDirectory(withdrawn) ? files(withdrawn) : List.<Path>of()) {
                code = Math.max(code, withdraw(user(each), accounts, wanted, out));
            }
            return code;
        } catch (IOException e) {
            out.accept("a folder of keys can't be read: %s".formatted(e.getMessage()));
        } catch (MisuseException e) {
            out.accept(String.valueOf(e.getMessage()));
        }
        return AdminTask.FAILED;
    }

    private static int withdrawKnownGuest(Accounts accounts, Set<String> wanted) {
        Subject guest = DefaultIdentities.GUEST;
        return !wanted.contains(guest.name()) && accounts.has(guest) ? accounts.withdraw(guest) : AdminTask.DONE;
    }

    private static int withdraw(Subject unwanted, Accounts accounts, Set<String> wanted, Consumer<String> out) {
        if (wanted.contains(unwanted.name())) {
            out.accept(unwanted.name() + " is in both folders, and stays");
            return AdminTask.DONE;
        }
        return accounts.withdraw(unwanted);
    }

    /// A cluster that mounts a secret keeps its own in files that begin with a dot.
    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(each -> !each.getFileName().toString().startsWith("."))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .limit(MOST)
                    .toList();
        }
    }

    private static Subject user(Path file) throws IOException {
        String name = Names.subject(file.getFileName().toString());
        if (Files.size(file) > LARGEST_BYTES) {
            throw new MisuseException("%s is too large for a key".formatted(file));
        }
        try {
            var key = NewKeys.givenOrNew(Files.readString(file).strip());
            return new Subject(name, List.of(new Subject.Membership(Names.namespace(name), key)), false);
        } catch (MisuseException e) {
            throw new MisuseException("%s: %s".formatted(file, e.getMessage()));
        }
    }
}

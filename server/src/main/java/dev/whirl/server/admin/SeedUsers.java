package dev.whirl.server.admin;

import dev.whirl.model.identity.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// `whirl admin user seed`: each file of a folder names a user, and has its key.
record SeedUsers(Path folder) implements AdminTask.Work {
    private static final int MOST = 1_000;
    private static final int LARGEST_BYTES = 1_024;

    @Override
    public int run(Administered place, Consumer<String> out) {
        var accounts = new Accounts(place, out);
        int code = AdminTask.DONE;
        try {
            for (Path each : files()) {
                code = Math.max(code, accounts.keep(user(each)));
            }
            return code;
        } catch (IOException e) {
            out.accept("%s can't be read: %s".formatted(folder, e.getMessage()));
        } catch (MisuseException e) {
            out.accept(String.valueOf(e.getMessage()));
        }
        return AdminTask.FAILED;
    }

    /// A cluster that mounts a secret keeps its own in files that begin with a dot.
    private List<Path> files() throws IOException {
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

package dev.whirl.server.admin;

import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.identity.AuthKey;
import dev.whirl.model.identity.Subject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `whirl admin user`.
@Command(name = "user", description = "manage users", mixinStandardHelpOptions = true)
final class UserCommands {
    private static final int SHORTEST_NAME = 5;

    private final Consumer<AdminTask> task;
    private final Path folder;

    /// @param task takes what is to be done
    /// @param folder that relative paths start from
    UserCommands(Consumer<AdminTask> task, Path folder) {
        this.task = task;
        this.folder = folder;
    }

    private interface Work {
        int on(Accounts accounts);
    }

    private void run(Work work) {
        task.accept(new AdminTask.OnStore((place, out) -> work.on(new Accounts(place, out)), true));
    }

    @Command(
            name = "create",
            description = "create a user and show authorization key",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Examples:",
                "  whirl admin user create alice",
                "  whirl admin user create alice -u - <key-file"
            })
    void create(
            @Parameters(paramLabel = "SUBJECT", description = "the subject to create") String subject,
            @Option(
                            names = {"-u", "--auth"},
                            paramLabel = "UUID:KEY",
                            description = "the key to give it, instead of a new one; - reads it from standard input,"
                                    + " so that it shows in no list of processes")
                    @Nullable
                    String auth,
            @Option(
                            names = {"-ns", "--namespace"},
                            paramLabel = "NAMESPACE",
                            description = "create key for given namespace instead (defaults to subject id)")
                    @Nullable
                    String namespace,
            @Option(
                            names = {"-r", "--revoke"},
                            description = "revoke the current key of the namespace and make a new one")
                    boolean revokes,
            @Option(
                            names = {"-g", "--genonly"},
                            description = "only print a new key, create nothing")
                    boolean isGeneratingOnly,
            @Option(
                            names = {"-s", "--silent"},
                            description = "print nothing if it works")
                    boolean isSilent) {
        String name = subject.strip();
        if (name.length() < SHORTEST_NAME) {
            throw new MisuseException("Subject name must be at least 5 characters");
        }
        var membership =
                new Subject.Membership(Names.namespace(namespace == null ? name : namespace), NewKeys.givenOrNew(auth));
        if (isGeneratingOnly) {
            task.accept(new AdminTask.Over(AdminTask.DONE, membership.key().reveal()));
            return;
        }
        var wanted = new Subject(name, List.of(membership), false);
        Work create = accounts -> accounts.create(wanted, revokes);
        task.accept(new AdminTask.OnStore(
                (place, out) -> isSilent ? silently(place, out, create) : create.on(new Accounts(place, out)), false));
    }

    /// Prints only what went wrong.
    private static int silently(Administered place, Consumer<String> out, Work work) {
        var lines = new ArrayList<String>(1);
        int code = work.on(new Accounts(place, lines::add));
        if (code != AdminTask.DONE) {
            lines.forEach(out);
        }
        return code;
    }

    @Command(
            name = "seed",
            description =
                    "give each user that a file of a folder is named after the key in that file; repeating it does"
                            + " no harm",
            mixinStandardHelpOptions = true)
    void seed(
            @Parameters(paramLabel = "FOLDER", description = "files such as alice, each with a line uuid:key")
                    Path from,
            @Option(
                            names = "--withdraw",
                            paramLabel = "FOLDER",
                            description = "take its key from each user that a file of this folder is named after, if"
                                    + " it is still the one in that file and FOLDER does not name the user; who has"
                                    + " no other key is deleted. So is a guest with the key that everybody knows")
                    @Nullable
                    Path withdrawn) {
        Path gone = withdrawn == null ? null : folder.resolve(withdrawn).normalize();
        task.accept(new AdminTask.OnStore(new SeedUsers(folder.resolve(from).normalize(), gone), false));
    }

    @Command(name = "delete", description = "delete a user", mixinStandardHelpOptions = true)
    void delete(
            @Parameters(paramLabel = "SUBJECT", description = "the subject to delete") String subject,
            @Option(
                            names = {"-ns", "--namespace"},
                            paramLabel = "NAMESPACE",
                            description = "delete key for given namespace only")
                    @Nullable
                    String namespace) {
        String name = Names.subject(subject);
        NamespaceName only = namespace == null ? null : Names.namespace(namespace);
        run(accounts -> accounts.delete(name, only));
    }

    @Command(name = "get", description = "get authorization key for user", mixinStandardHelpOptions = true)
    void get(
            @Parameters(paramLabel = "SUBJECT", description = "the subject to get key for") String subject,
            @Option(
                            names = {"-ns", "--namespace"},
                            paramLabel = "NAMESPACE",
                            description = "the namespace to get the key for, defaults to subject id")
                    @Nullable
                    String namespace,
            @Option(
                            names = {"-a", "--all"},
                            description = "list all namespaces and their keys")
                    boolean isAll) {
        String name = Names.subject(subject);
        if (isAll) {
            run(accounts -> accounts.getAll(name));
        } else {
            NamespaceName of = Names.namespace(namespace == null ? name : namespace);
            run(accounts -> accounts.get(name, of));
        }
    }

    @Command(name = "whois", description = "identify user from an authorization key", mixinStandardHelpOptions = true)
    void whois(
            @Parameters(paramLabel = "UUID:KEY", description = "the key to look up; - reads it from standard input")
                    String authkey) {
        AuthKey key =
                AuthKey.parse(authkey).orElseThrow(() -> new MisuseException("expected a key of the form uuid:key"));
        run(accounts -> accounts.whois(key));
    }

    @Command(name = "block", description = "block one or more users", mixinStandardHelpOptions = true)
    void block(
            @Parameters(paramLabel = "SUBJECT", arity = "1..*", description = "one or more users to block")
                    List<String> subjects) {
        List<String> names = subjects.stream().map(Names::subject).toList();
        run(accounts -> accounts.block(names, true));
    }

    @Command(name = "unblock", description = "unblock one or more users", mixinStandardHelpOptions = true)
    void unblock(
            @Parameters(paramLabel = "SUBJECT", arity = "1..*", description = "one or more users to unblock")
                    List<String> subjects) {
        List<String> names = subjects.stream().map(Names::subject).toList();
        run(accounts -> accounts.block(names, false));
    }

    @Command(
            name = "list",
            description = "list authorization keys associated with a namespace",
            mixinStandardHelpOptions = true)
    void list(
            @Parameters(paramLabel = "NAMESPACE", description = "the namespace to lookup") String namespace,
            @Option(
                            names = {"-p", "--pick"},
                            paramLabel = "N",
                            defaultValue = "1",
                            description = "show no more than N identities. Default: ${DEFAULT-VALUE}")
                    long most,
            @Option(
                            names = {"-a", "--all"},
                            description = "show all identities")
                    boolean isAll,
            @Option(
                            names = {"-k", "--key"},
                            description = "show only the keys")
                    boolean isKeyOnly) {
        if (most < 1) {
            throw new MisuseException("pick at least 1 identity to show");
        }
        NamespaceName of = Names.namespace(namespace);
        run(accounts -> accounts.list(of, isAll ? Long.MAX_VALUE : most, isKeyOnly));
    }
}

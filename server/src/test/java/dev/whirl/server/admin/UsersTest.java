package dev.whirl.server.admin;

import static dev.whirl.server.admin.Terminal.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.server.admin.Terminal.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `whirl admin user` on the data of a stopped server, in the words of wskadmin.
@Tag("A-7")
class UsersTest {
    @TempDir
    private Path home;

    private Terminal terminal = new Terminal(Path.of("."));

    @BeforeEach
    void sitDown() {
        terminal = new Terminal(home.resolve("data"));
    }

    private void expect(int code, String line, String... words) {
        assertThat(terminal.type(words)).isEqualTo(new Result(code, line.lines().toList()));
    }

    @Test
    @Tag("A-1")
    void aNewUserGetsAKeyOfAUuidAnd64Characters() {
        Result created = terminal.type("user", "create", "alice");

        assertThat(created.code()).isZero();
        assertThat(created.line()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}:[A-Za-z0-9]{64}");
        expect(0, created.line(), "user", "get", "alice");
        expect(0, "subject: alice\nnamespace: alice", "user", "whois", created.line());
    }

    @Test
    @Tag("R-2")
    void noNamespaceIsCalledLikeTheCallersOwnInPaths() {
        assertThat(terminal.type("user", "create", "alice", "-ns", "_").code()).isNotZero();
        assertThat(terminal.type("user", "get", "alice").code()).isNotZero();
    }

    @Test
    void everyNewKeyIsAnother() {
        assertThat(terminal.type("user", "create", "alice").line())
                .isNotEqualTo(terminal.type("user", "create", "bobby").line());
    }

    @Test
    void aKeyCanBeGivenAsAWordOrOnStandardInput() {
        expect(0, KEY, "user", "create", "alice", "-u", KEY);

        String other = KEY.replace('1', '9');
        assertThat(terminal.typeWith(other + "\n", "user", "create", "bobby", "-u", "-"))
                .isEqualTo(new Result(0, java.util.List.of(other)));
        assertThat(terminal.typeWith(KEY + "\n", "user", "whois", "-").lines())
                .first()
                .isEqualTo("subject: alice");
    }

    @Test
    void whatIsNoKeyIsWrongUsage() {
        expect(2, "authorization id is not a valid UUID", "user", "create", "alice", "-u", "x:" + KEY.substring(37));
        expect(
                2,
                "authorization key must be at least 64 characters long",
                "user",
                "create",
                "alice",
                "-u",
                KEY.substring(0, KEY.length() - 1));
        expect(2, "Subject name must be at least 5 characters", "user", "create", "four");
        expect(2, "Namespace must not be empty", "user", "create", "alice", "-ns", " ");
        assertThat(Files.exists(terminal.data())).isFalse();
    }

    @Test
    void theKeyOfAnotherIsNotGivenTwice() {
        terminal.type("user", "create", "alice", "-u", KEY);

        expect(
                1,
                "Failed to create subject (another subject has a key with this uuid)",
                "user",
                "create",
                "bobby",
                "-u",
                KEY);
    }

    @Test
    @Tag("A-1")
    void oneSubjectHasManyNamespacesAndOneNamespaceManySubjects() {
        String own = terminal.type("user", "create", "alice").line();
        String shared = terminal.type("user", "create", "alice", "-ns", "team").line();
        String second = terminal.type("user", "create", "bobby", "-ns", "team").line();

        expect(0, "alice\t" + own + "\nteam\t" + shared, "user", "get", "alice", "--all");
        expect(0, shared, "user", "get", "alice", "-ns", "team");
        expect(1, "namespace \"other\" not found for \"alice\"", "user", "get", "alice", "-ns", "other");
        expect(0, shared + "\talice\n" + second + "\tbobby", "user", "list", "team", "-a");
        expect(0, shared, "user", "list", "team", "-k");
        expect(0, shared + "\n" + second, "user", "list", "team", "-p", "2", "-k");
        expect(0, "no identities found for namespace \"nobody\"", "user", "list", "nobody");
        expect(2, "pick at least 1 identity to show", "user", "list", "team", "-p", "0");
        expect(1, "Namespace already exists", "user", "create", "alice", "-ns", "team");
    }

    @Test
    void revokingKeepsTheUuidAndChangesTheSecret() {
        terminal.type("user", "create", "alice", "-u", KEY);

        String next = terminal.type("user", "create", "alice", "--revoke").line();

        assertThat(next).startsWith(KEY.substring(0, 37)).isNotEqualTo(KEY).hasSize(KEY.length());
        expect(0, "Subject id is not recognized", "user", "whois", KEY);
    }

    @Test
    void generatingOnlyCreatesNothingAndSilenceIsSilent() {
        assertThat(terminal.type("user", "create", "alice", "-g").line()).hasSize(KEY.length());
        assertThat(Files.exists(terminal.data())).isFalse();

        expect(0, "", "user", "create", "alice", "-s");
        expect(1, "Namespace already exists", "user", "create", "alice", "-s");
    }

    @Test
    @Tag("A-3")
    void aBlockedSubjectHasNoIdentityUntilItIsUnblocked() {
        terminal.type("user", "create", "alice", "-u", KEY);

        expect(
                1,
                "\"alice\" blocked successfully\nFailed to block \"nobody\" (not found)",
                "user",
                "block",
                "alice",
                "nobody");
        expect(0, "Subject id is not recognized", "user", "whois", KEY);
        expect(0, "no identities found for namespace \"alice\"", "user", "list", "alice");
        expect(1, "The subject you want to edit is blocked", "user", "create", "alice", "-ns", "more");
        expect(0, KEY, "user", "get", "alice");

        expect(0, "\"alice\" unblocked successfully", "user", "unblock", "alice");
        expect(0, "subject: alice\nnamespace: alice", "user", "whois", KEY);
    }

    @Test
    void aSubjectOrOneOfItsNamespacesIsDeleted() {
        terminal.type("user", "create", "alice", "-u", KEY);
        terminal.type("user", "create", "alice", "-ns", "team");

        expect(1, "Namespace \"none\" does not exist for \"alice\"", "user", "delete", "alice", "-ns", "none");
        expect(0, "Namespace deleted", "user", "delete", "alice", "-ns", "team");
        expect(1, "namespace \"team\" not found for \"alice\"", "user", "get", "alice", "-ns", "team");
        expect(0, "Subject deleted", "user", "delete", "alice");
        expect(1, "Failed to delete subject (not found)", "user", "delete", "alice");
        expect(1, "Failed to get subject (not found)", "user", "get", "alice");
    }

    @Test
    void aFolderOfKeysIsKeptToHoweverOften() throws Exception {
        Path folder = Files.createDirectories(home.resolve("keys"));
        Files.writeString(folder.resolve("alice"), KEY + "\n");
        Files.createDirectories(folder.resolve("..data"));

        expect(0, "alice is made", "user", "seed", folder.toString());
        expect(0, "alice has its key", "user", "seed", folder.toString());
        expect(0, KEY, "user", "get", "alice");

        String next = KEY.replace('1', '9');
        Files.writeString(folder.resolve("alice"), next);
        terminal.type("user", "block", "alice");

        expect(0, "alice has a new key", "user", "seed", folder.toString());
        expect(0, next, "user", "get", "alice");
        expect(0, "Subject id is not recognized", "user", "whois", next);
    }

    @Test
    void whoIsWithdrawnGoesUnlessItHasAnotherKeyByNow() throws Exception {
        Path wanted = Files.createDirectories(home.resolve("keys"));
        Path unwanted = Files.createDirectories(home.resolve("gone"));
        Files.writeString(unwanted.resolve("alice"), KEY);
        String[] seed = {"user", "seed", wanted.toString(), "--withdraw", unwanted.toString()};

        expect(0, "alice is not there", seed);
        terminal.type("user", "create", "alice", "-u", KEY);
        expect(0, "Subject deleted", seed);
        terminal.type("user", "create", "alice", "-u", KEY.replace('1', '9'));
        expect(0, "alice has another key, and stays", seed);

        expect(0, KEY.replace('1', '9'), "user", "get", "alice");
    }

    @Test
    void aGuestWithTheKeyThatEverybodyKnowsGoesWhateverKeyIsWithdrawn() throws Exception {
        Path wanted = Files.createDirectories(home.resolve("keys"));
        Path unwanted = home.resolve("gone");
        String known = DefaultIdentities.GUEST.memberships().getFirst().key().reveal();
        String[] seed = {"user", "seed", wanted.toString(), "--withdraw", unwanted.toString()};

        terminal.type("user", "create", "guest", "-u", known);
        expect(0, "Subject deleted", seed);

        Files.writeString(Files.createDirectories(unwanted).resolve("guest"), KEY);
        terminal.type("user", "create", "guest", "-u", known);
        expect(0, "Subject deleted\nguest is not there", seed);
        expect(0, "Subject id is not recognized", "user", "whois", known);

        Files.writeString(wanted.resolve("guest"), known);
        expect(0, "guest is made\nguest is in both folders, and stays", seed);
        expect(0, known, "user", "get", "guest");
    }

    @Test
    void whoIsWithdrawnKeepsItsOtherNamespaces() throws Exception {
        Path wanted = Files.createDirectories(home.resolve("keys"));
        Path unwanted = Files.createDirectories(home.resolve("gone"));
        Files.writeString(unwanted.resolve("alice"), KEY);
        terminal.type("user", "create", "alice", "-u", KEY);
        String shared = terminal.type("user", "create", "alice", "-ns", "team").line();

        expect(0, "Namespace deleted", "user", "seed", wanted.toString(), "--withdraw", unwanted.toString());

        expect(0, "team\t" + shared, "user", "get", "alice", "--all");
        expect(0, "Subject id is not recognized", "user", "whois", KEY);
    }

    @Test
    void aFolderWithSomethingElseIsNamedAndItsContentsAreNot() throws Exception {
        Path folder = Files.createDirectories(home.resolve("keys"));
        Files.writeString(folder.resolve("alice"), "my password");

        expect(
                1,
                "%s: authorization id is not a valid UUID".formatted(folder.resolve("alice")),
                "user",
                "seed",
                folder.toString());
        expect(
                1,
                "a folder of keys can't be read: " + home.resolve("none"),
                "user",
                "seed",
                home.resolve("none").toString());
    }

    @Test
    void wordsThatMakeNoSenseAreWrongUsage() {
        assertThat(terminal.type().code()).isEqualTo(2);
        assertThat(terminal.type("user").code()).isEqualTo(2);
        assertThat(terminal.type("user", "dance").code()).isEqualTo(2);
        assertThat(terminal.type("user", "create").code()).isEqualTo(2);
        assertThat(terminal.type("user", "create", "alice", "--nonsense").code())
                .isEqualTo(2);
        assertThat(terminal.type("user", "whois", "no-colon").code()).isEqualTo(2);
    }

    @Test
    void everyCommandExplainsItself() {
        assertThat(terminal.type("--help").code()).isZero();
        assertThat(terminal.type("--help").line()).contains("user", "limits", "backup", "Examples:");
        assertThat(terminal.type("limits", "set", "--help").line()).contains("--invocationsPerMinute", "Examples:");
        assertThat(terminal.type("user", "create", "--help").line()).contains("--revoke", "Examples:");
    }

    @Test
    void aFolderThatIsNotThereIsNotMadeByLooking() {
        assertThat(terminal.type("user", "get", "guest").code()).isEqualTo(1);
        assertThat(Files.exists(terminal.data())).isFalse();
    }
}

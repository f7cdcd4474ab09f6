package dev.whirl.cli.sdk;

import dev.whirl.cli.command.CliException;
import dev.whirl.cli.command.Command;
import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Options.Flag;
import dev.whirl.cli.command.Session;
import dev.whirl.cli.completion.CompletionScripts;
import dev.whirl.cli.file.FileProblem;
import dev.whirl.cli.file.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// `wsk sdk install` (row L-23). The skeletons come from the server, if it offers any: Whirl's offers none.
final class SdkInstall extends Command {
    private static final String BASH_FILE = "wsk_cli_bash_completion.sh";
    private static final String VALID = "One component (docker, ios, or bashauto) must be specified";

    /// What a server may offer.
    ///
    /// @param instead what does without it
    private record Skeleton(String component, String file, String instead) {
        static final Skeleton DOCKER = new Skeleton(
                "docker",
                "blackbox.tar.gz",
                "An image needs none: what answers POST /init and POST /run on port 8080 can be an action, with --docker IMAGE.");
        static final Skeleton IOS = new Skeleton(
                "ios",
                "OpenWhiskIOSStarterApp.zip",
                "An app needs none: web actions and APIs are called over HTTPS like any other address.");
    }

    private final Flag stdout =
            options().flag("print the completion for bash instead of writing a file", "-s", "--stdout");

    SdkInstall() {
        super(
                "(docker | ios | bashauto)",
                "install a skeleton for images or iOS from the server, or completion for bash",
                "wsk sdk install bashauto --stdout >> ~/.bashrc",
                "wsk sdk install docker");
    }

    @Override
    public int run(Session session) {
        String component = component();
        switch (component) {
            case "bashauto" -> installCompletion(session);
            case "docker" -> {
                Path file = download(session, Skeleton.DOCKER);
                session.out().line("The docker skeleton is now in '%s'. Unpack it: tar -xzf %s".formatted(file, file));
            }
            case "ios" -> {
                Path file = download(session, Skeleton.IOS);
                session.out()
                        .line("Downloaded OpenWhisk iOS starter app. Unzip '%s' and open the project in Xcode."
                                .formatted(file));
            }
            default ->
                throw CliException.misunderstood(
                        "The SDK component argument '%s' is invalid. Valid components are docker, ios and bashauto"
                                .formatted(component));
        }
        return ExitCodes.OK;
    }

    private String component() {
        List<String> words = arguments(0, Integer.MAX_VALUE, VALID);
        if (words.size() != 1) {
            throw CliException.misunderstood("The SDK component argument is missing. " + VALID);
        }
        return words.getFirst().toLowerCase(Locale.ROOT);
    }

    private void installCompletion(Session session) {
        String script = CompletionScripts.of("bash", session.index());
        if (stdout.isSet()) {
            session.out().text(script);
            return;
        }
        write(session, BASH_FILE, script.getBytes(StandardCharsets.UTF_8));
        session.out()
                .line("The bash auto-completion script (%s) is installed in the current directory."
                        .formatted(BASH_FILE));
        session.out()
                .line(
                        "To enable command line completion of wsk commands, source the auto completion script into your bash environment");
    }

    private static Path download(Session session, Skeleton skeleton) {
        String failure = "The %s SDK installation failed: ".formatted(skeleton.component());
        byte[] bytes = retrieve(session, skeleton, failure);
        if (!isArchive(bytes)) {
            throw CliException.notUnderstood("%sWhat the server has as '%s' is no archive; nothing was written"
                    .formatted(failure, skeleton.file()));
        }
        return write(session, skeleton.file(), bytes);
    }

    private static byte[] retrieve(Session session, Skeleton skeleton, String failure) {
        try {
            return session.call(
                    "%sUnable to retrieve '%s' SDK".formatted(failure, skeleton.file()),
                    client -> client.resource(skeleton.file()));
        } catch (CliException e) {
            if (e.exitCode() != ExitCodes.ofStatus(404)) {
                throw e;
            }
            throw CliException.ofStatus(404, "%sthis server offers no '%s'".formatted(failure, skeleton.file()))
                    .withHint(skeleton.instead());
        }
    }

    /// Whether it begins as a file of gzip or zip does: servers answer with web pages, too.
    private static boolean isArchive(byte[] bytes) {
        boolean isGzip = bytes.length > 2 && (bytes[0] & 0xff) == 0x1f && (bytes[1] & 0xff) == 0x8b;
        boolean isZip = bytes.length > 2 && bytes[0] == 'P' && bytes[1] == 'K';
        return isGzip || isZip;
    }

    private static Path write(Session session, String name, byte[] bytes) {
        Path file = session.surroundings().workingFolder().resolve(name);
        try {
            WholeFile.create(file, bytes);
            return Path.of(name);
        } catch (FileAlreadyExistsException _) {
            throw CliException.general("The file '%s' already exists.  Delete it and retry.".formatted(name));
        } catch (IOException e) {
            throw CliException.general("Error creating SDK file '%s': %s".formatted(name, FileProblem.of(e)));
        }
    }
}

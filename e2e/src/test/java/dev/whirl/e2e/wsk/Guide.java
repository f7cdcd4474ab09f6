package dev.whirl.e2e.wsk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// The commands of one section of a guide: all that stands in its blocks of `sh`, in their order.
///
/// @param commands as they stand there
/// @param answers its blocks of `json`: what it says is printed
/// @param files its blocks of `properties`: what readers write into a file
public record Guide(String commands, List<String> answers, List<String> files) {
    private static final Pattern BLOCK = Pattern.compile("```(sh|json|properties)\n(.*?)```", Pattern.DOTALL);
    private static final long DEADLINE_SECONDS = 120;

    /// Of a page in `docs/guide`.
    ///
    /// @param heading of the section
    public static Guide section(String page, String heading) {
        return in(Repository.root().resolve("docs/guide").resolve(page), heading);
    }

    /// The part of the README that new users type first.
    static Guide quickStart() {
        return in(Repository.root().resolve("README.md"), "Quick start");
    }

    private static Guide in(Path page, String heading) {
        try {
            String text = Files.readString(page);
            int begin = text.indexOf("\n## " + heading + "\n");
            assertThat(begin).as("a section '%s' in %s", heading, page).isNotNegative();
            int end = text.indexOf("\n## ", begin + 1);
            String section = text.substring(begin, end < 0 ? text.length() : end);
            return new Guide(
                    String.join("", blocks(section, "sh")), blocks(section, "json"), blocks(section, "properties"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> blocks(String section, String language) {
        return BLOCK.matcher(section)
                .results()
                .filter((MatchResult each) -> each.group(1).equals(language))
                .map(each -> each.group(2))
                .toList();
    }

    /// With another address in place of one that readers are to replace, or have at home.
    Guide with(String address, String other) {
        assertThat(commands).contains(address);
        return new Guide(commands.replace(address, other), answers, files);
    }

    /// Types it into a shell of its own, in which the first command that fails is the last one.
    ///
    /// @param folder where it is typed
    /// @return what was printed
    String follow(Path folder, URI server) {
        try {
            Path wsk = folder.resolve("wsk");
            if (!Files.exists(wsk)) {
                Files.createSymbolicLink(wsk, Wsk.launcher());
            }
            Path script = Files.writeString(folder.resolve("guide.sh"), "set -euo pipefail\n" + commands);
            Path screen = folder.resolve("screen.txt");
            var builder = new ProcessBuilder("bash", script.toString())
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(screen.toFile());
            builder.environment().put("HOME", folder.toString());
            builder.environment()
                    .put("WSK_CONFIG_FILE", folder.resolve(".wskprops").toString());
            builder.environment().put("WHISK_APIHOST", server.toString());
            builder.environment().put("WHISK_AUTH", Api.GUEST_KEY);
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            Process process = builder.start();
            assertThat(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS))
                    .as("it comes to its end")
                    .isTrue();
            String shown = Files.readString(screen);
            assertThat(process.exitValue()).as(shown).isZero();
            return shown;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}

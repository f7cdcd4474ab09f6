package dev.whirl.e2e.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Answer;
import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Repository;
import dev.whirl.e2e.support.SharedServer;
import dev.whirl.model.json.MalformedJsonException;
import dev.whirl.model.json.RawJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What `cases.json` of each package of the catalog says of its actions, tried on a server that was just started.
class CatalogCasesTest {
    private final Api guest = SharedServer.guest();

    record Case(String pkg, RawJson document) {
        String action() {
            return document.field("action").orElseThrow().asText().orElseThrow();
        }

        @Override
        public String toString() {
            return pkg + "/" + action() + " " + document.field("with").orElseThrow();
        }
    }

    static Stream<Case> cases() throws IOException {
        try (Stream<Path> folders = Files.list(Repository.root().resolve("catalog"))) {
            return folders.sorted().toList().stream()
                    .filter(folder -> Files.exists(folder.resolve("cases.json")))
                    .flatMap(folder -> read(folder.resolve("cases.json")).stream()
                            .map(each -> new Case(String.valueOf(folder.getFileName()), each)));
        }
    }

    private static List<RawJson> read(Path file) {
        try {
            return RawJson.parse(Files.readAllBytes(file)).elements();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MalformedJsonException e) {
            throw new AssertionError(file + ": " + e.getMessage(), e);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    @Tag("C-1")
    @Tag("C-2")
    @Tag("C-3")
    @Tag("C-4")
    @Tag("C-5")
    @Tag("C-6")
    @Tag("C-7")
    @Tag("C-8")
    @Tag("C-9")
    @Tag("C-13")
    void anActionDoesWhatItsPackageSays(Case each) {
        Answer record = guest.post(
                "/api/v1/namespaces/whisk.system/actions/%s/%s?blocking=true".formatted(each.pkg(), each.action()),
                each.document().field("with").orElseThrow().toString());

        RawJson result = record.at("response").field("result").orElseThrow();
        each.document()
                .field("gives")
                .ifPresent(wanted -> assertThat(result.compact()).isEqualTo(wanted.compact()));
        each.document()
                .field("fails")
                .ifPresent(wanted -> assertThat(result.field("error")).contains(wanted));
        each.document()
                .field("matches")
                .ifPresent(wanted -> wanted.fields()
                        .forEach((field, pattern) -> assertThat(result.field(field)
                                        .flatMap(RawJson::asText)
                                        .orElse(""))
                                .matches(pattern.asText().orElseThrow())));
        each.document().field("logs").ifPresent(wanted -> assertLogged(record, wanted));
    }

    private void assertLogged(Answer record, RawJson wanted) {
        String logs =
                guest.recordWithLogs(record.text("activationId")).at("logs").toString();
        wanted.elements()
                .forEach(each -> assertThat(logs).contains(each.asText().orElseThrow()));
    }
}

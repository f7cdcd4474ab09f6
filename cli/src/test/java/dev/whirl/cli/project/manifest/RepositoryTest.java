package dev.whirl.cli.project.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("L-38")
final class RepositoryTest {
    @ParameterizedTest
    @CsvSource({
        "github.com/owner/repo, https://github.com/owner/repo, ''",
        "github.com/owner/repo/packages/utils, https://github.com/owner/repo, packages/utils",
        "https://github.com/owner/repo.git/a, https://github.com/owner/repo.git, a",
        "https://git.example.com:8443/team/tools, https://git.example.com:8443/team/tools, ''",
        "https://git.example.com/team/tools.git/deep/er/, https://git.example.com/team/tools.git, deep/er",
        "file:///srv/tools.git/x, file:///srv/tools.git, x",
        "file:///srv/tools, file:///srv/tools, ''"
    })
    void aFolderFollowsTheRepository(String location, String url, String folder) {
        assertThat(Repository.parse(location, null)).isEqualTo(new Repository(url, "HEAD", folder));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com/r.git",
                "git@github.com:owner/repo.git",
                "ssh://example.com/r.git",
                "ext::sh -c touch% /tmp/x",
                "--upload-pack=touch",
                "https://",
                "github.com/owner",
                "/a/b/c",
                "file://host/srv/r",
                "https://example.com/r.git/../../x",
                "https://user:pass@example.com/r.git",
                "https://example.com/r.git?token=1"
            })
    void whatIsNoPlainAddressIsRefused(String location) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Repository.parse(location, null))
                .withMessageStartingWith("must ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--upload-pack=x", "a b", "HEAD:x", "a..b", "+refs/heads/x", "@{-1}"})
    void aVersionIsNeverAnOptionOrAnExpression(String version) {
        assertThatIllegalArgumentException().isThrownBy(() -> Repository.parse("github.com/a/b", version));
    }

    @Test
    void itTellsItsVersionAndFolder() {
        assertThat(Repository.parse("github.com/a/b/c", "v1.0")).hasToString("https://github.com/a/b/c (v1.0)");
        assertThat(Repository.parse("github.com/a/b", " ")).hasToString("https://github.com/a/b");
    }
}

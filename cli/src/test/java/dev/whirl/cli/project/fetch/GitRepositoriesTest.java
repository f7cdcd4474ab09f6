package dev.whirl.cli.project.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whirl.cli.command.Interrupts;
import dev.whirl.cli.project.manifest.Repository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("L-38")
final class GitRepositoriesTest {
    private static final FetchLimits LIMITS = new FetchLimits(1024 * 1024, Duration.ofSeconds(30));

    @TempDir
    private Path folder;

    private LocalRepository origin;

    @BeforeEach
    void makeRepository() {
        origin = LocalRepository.create(folder.resolve("origin"));
    }

    @Test
    void tagsBranchesAndCommitsAreVersions() throws Exception {
        String first = origin.file("a.txt", "one").commit();
        origin.git("-C", origin.folder().toString(), "tag", "v1");
        origin.file("a.txt", "two").commit();
        origin.git("-C", origin.folder().toString(), "branch", "side");
        origin.file("a.txt", "three").commit();

        try (var repositories = repositories(LIMITS)) {
            assertThat(repositories.get(version("")).resolve("a.txt")).hasContent("three");
            assertThat(repositories.get(version("v1")).resolve("a.txt")).hasContent("one");
            assertThat(repositories.get(version("side")).resolve("a.txt")).hasContent("two");
            assertThat(repositories.get(version(first)).resolve("a.txt")).hasContent("one");
            assertThat(repositories.get(version("v1")))
                    .as("fetched once")
                    .isEqualTo(repositories.get(version("v1")))
                    .isDirectoryNotContaining("glob:**/.git");
        }
    }

    @Test
    void nothingIsLeftAndMeanwhileOnlyTheUserCanRead() throws Exception {
        origin.file("a.txt", "one").commit();
        Path place;
        try (var repositories = repositories(LIMITS)) {
            place = repositories.get(version("")).getParent();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(place)))
                    .isEqualTo("rwx------");
        }
        assertThat(place).doesNotExist();
    }

    @Test
    void linksStayLinksAndSubmodulesStayEmpty() throws Exception {
        origin.file(".gitmodules", "[submodule \"s\"]\n\tpath = s\n\turl = " + origin.url() + "\n");
        Files.createSymbolicLink(origin.folder().resolve("link"), Path.of("../secret"));
        String commit = origin.commit();
        origin.git("-C", origin.folder().toString(), "update-index", "--add", "--cacheinfo", "160000," + commit + ",s");
        origin.git("-C", origin.folder().toString(), "commit", "--quiet", "--message", "s");

        try (var repositories = repositories(LIMITS)) {
            Path there = repositories.get(version(""));

            assertThat(Files.readSymbolicLink(there.resolve("link"))).isEqualTo(Path.of("../secret"));
            assertThat(there.resolve("s")).isEmptyDirectory();
        }
    }

    @Test
    void whatIsTooLargeIsGivenUpAndRemoved() throws Exception {
        byte[] noise = new byte[2 * 1024 * 1024];
        new Random(1).nextBytes(noise);
        Files.write(origin.folder().resolve("noise"), noise);
        origin.commit();

        try (var repositories = repositories(LIMITS)) {
            assertThatThrownBy(() -> repositories.get(version("")))
                    .isInstanceOf(FetchException.class)
                    .hasMessage("it has more than 1 MB");
        }
    }

    @Test
    void aGitThatHangsIsStoppedWithAllThatItStarted() throws Exception {
        Path pids = folder.resolve("pids");
        Path hanging = script("sleep 300 & echo $! > " + pids + "; wait");

        try (var repositories = new GitRepositories(
                hanging.toString(), new FetchLimits(1024 * 1024, Duration.ofMillis(300)), Interrupts.NEVER)) {
            assertThatThrownBy(() -> repositories.get(version(""))).hasMessage("it took longer than 0 s");
        }
        long child = Long.parseLong(Files.readString(pids).strip());
        ProcessHandle.of(child).ifPresent(process -> process.onExit().join());
        assertThat(ProcessHandle.of(child).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void gitSeesNeitherSettingsNorCredentialsAndAsksNobody() throws Exception {
        Path seen = folder.resolve("seen");
        Path spy = script("env > " + seen + "; exit 1");

        try (var repositories = new GitRepositories(spy.toString(), LIMITS, Interrupts.NEVER)) {
            assertThatThrownBy(() -> repositories.get(version(""))).hasMessage("git says: nothing, and failed");
        }
        assertThat(seen)
                .content()
                .contains("GIT_TERMINAL_PROMPT=0\n", "GIT_ALLOW_PROTOCOL=file\n", "GIT_CONFIG_GLOBAL=/dev/null\n")
                .contains("GIT_ASKPASS=\n")
                .doesNotContain("HOME=" + System.getenv("HOME") + "\n");
    }

    @Test
    void theTemporaryFolderIsNotNamed() throws Exception {
        Path broken = script("echo \"fatal: cannot lock $PWD/0/HEAD\"; exit 1");

        try (var repositories = new GitRepositories(broken.toString(), LIMITS, Interrupts.NEVER)) {
            assertThatThrownBy(() -> repositories.get(version(""))).hasMessage("git says: cannot lock 0/HEAD");
        }
    }

    @Test
    void aMissingGitAndAMissingVersionAreTold() throws Exception {
        origin.file("a.txt", "one").commit();
        try (var repositories = new GitRepositories(folder.resolve("none").toString(), LIMITS, Interrupts.NEVER);
                var real = repositories(LIMITS)) {
            assertThatThrownBy(() -> repositories.get(version("")))
                    .hasMessage("the program 'git' is needed for that, and is not installed");
            assertThatThrownBy(() -> real.get(version("v9"))).hasMessage("git says: couldn't find remote ref v9");
        }
    }

    private Repository version(String version) {
        return Repository.parse(origin.url(), version);
    }

    private static GitRepositories repositories(FetchLimits limits) {
        return new GitRepositories("git", limits, Interrupts.NEVER);
    }

    private Path script(String commands) throws Exception {
        Path file = Files.writeString(folder.resolve("fake-git"), "#!/bin/sh\n" + commands + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return file;
    }
}

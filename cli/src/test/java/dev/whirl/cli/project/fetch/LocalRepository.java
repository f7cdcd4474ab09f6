package dev.whirl.cli.project.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A git repository in a folder, reached through `file://`.
public record LocalRepository(Path folder) {
    public static LocalRepository create(Path folder) {
        var repository = new LocalRepository(folder);
        repository.git("init", "--quiet", "--initial-branch=main", folder.toString());
        return repository;
    }

    public String url() {
        return "file://" + folder;
    }

    public LocalRepository file(String name, String content) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
            return this;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// @return the commit's id
    public String commit() {
        git("-C", folder.toString(), "add", "--all");
        git("-C", folder.toString(), "commit", "--quiet", "--message", "x");
        return git("-C", folder.toString(), "rev-parse", "HEAD").strip();
    }

    public String git(String... arguments) {
        var words = new ArrayList<>(List.of("git", "-c", "user.name=x", "-c", "user.email=x@example.com"));
        words.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(words).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(output).isZero();
            return output;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

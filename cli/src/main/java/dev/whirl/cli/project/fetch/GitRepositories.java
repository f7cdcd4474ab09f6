package dev.whirl.cli.project.fetch;

import dev.whirl.cli.command.ExitCodes;
import dev.whirl.cli.command.Interrupts;
import dev.whirl.cli.project.manifest.Repository;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Repositories that were fetched, each once, in a temporary folder until this is closed. For one thread.
public final class GitRepositories implements AutoCloseable {
    private static final int MAX_REPOSITORIES = 20;

    private final String program;
    private final FetchLimits limits;
    private final Interrupts interrupts;
    private final Map<Version, Path> known = new HashMap<>();
    private @Nullable TemporaryFolder folder;
    private Interrupts.@Nullable Registration registration;

    private record Version(String url, String version) {}

    /// @param interrupts when the folder must go, too
    public GitRepositories(Interrupts interrupts) {
        this("git", FetchLimits.OF_REPOSITORIES, interrupts);
    }

    GitRepositories(String program, FetchLimits limits, Interrupts interrupts) {
        this.program = program;
        this.limits = limits;
        this.interrupts = interrupts;
    }

    /// The folder with a repository's files.
    public Path get(Repository repository) throws FetchException, InterruptedException {
        var version = new Version(repository.url(), repository.version());
        Path there = known.get(version);
        if (there != null) {
            return there;
        }
        if (known.size() >= MAX_REPOSITORIES) {
            throw new FetchException("the project needs more than %d repositories".formatted(MAX_REPOSITORIES));
        }
        TemporaryFolder place = folder();
        Path target = place.path().resolve(Integer.toString(known.size()));
        new GitProgram(program, place, limits).checkOut(repository, target);
        known.put(version, target);
        return target;
    }

    private TemporaryFolder folder() throws FetchException {
        if (folder == null) {
            try {
                folder = TemporaryFolder.create();
            } catch (IOException e) {
                throw new FetchException("there is no temporary folder for it: " + e.getMessage());
            }
            registration = interrupts.register(ExitCodes.INTERRUPTED, folder::close);
        }
        return folder;
    }

    @Override
    public void close() {
        if (folder != null) {
            folder.close();
        }
        if (registration != null) {
            registration.close();
        }
    }
}

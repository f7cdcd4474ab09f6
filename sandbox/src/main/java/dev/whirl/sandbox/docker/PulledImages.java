package dev.whirl.sandbox.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.whirl.common.units.ByteSize;
import dev.whirl.sandbox.docker.engine.Engine;
import dev.whirl.sandbox.docker.engine.ImageFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The images that were pulled because users named them, and nobody else's: together they take a bounded part of the
/// engine's disk, and those used longest ago go first. They are remembered in a file, because the engine keeps them
/// beyond this server's life. `this` guards the entries and the file.
///
/// What images share is counted with each, so that they never take more than is counted.
final class PulledImages {
    private static final Logger log = LoggerFactory.getLogger(PulledImages.class);
    private static final int MOST_ENTRIES = 10_000;

    private final Engine engine;
    private final Path file;
    private final ByteSize most;

    /// By name; the one used longest ago at the front.
    private final LinkedHashMap<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

    /// @param id of its content
    private record Entry(String name, String id, long bytes) {
        String toLine() {
            return "%s\t%s\t%d".formatted(name, id, bytes);
        }
    }

    /// @param file where they are remembered
    /// @param most of all together; zero for no bound
    PulledImages(Engine engine, Path file, ByteSize most) throws IOException {
        this.engine = engine;
        this.file = file;
        this.most = most;
        for (String line : lines(file)) {
            String[] parts = line.split("\t");
            if (parts.length == 3 && parts[2].matches("[0-9]{1,18}")) {
                entries.put(parts[0], new Entry(parts[0], parts[1], Long.parseLong(parts[2])));
            }
        }
    }

    /// Whether it is one of them.
    synchronized boolean has(String name) {
        return entries.containsKey(name);
    }

    /// It is used.
    synchronized void used(String name) {
        entries.get(name);
    }

    /// It was pulled. What its name meant before is one of them still, without a name; others that are too much are
    /// removed.
    void pulled(String name, ImageFacts image) throws InterruptedException {
        try {
            if (isNew(name, image)) {
                makeRoom(name);
            }
        } catch (IOException e) {
            log.atWarn().addKeyValue("image", name).setCause(e).log("Could not make room for images of users");
        }
    }

    private synchronized boolean isNew(String name, ImageFacts image) throws IOException {
        Entry before =
                entries.put(name, new Entry(name, image.id(), image.size().bytes()));
        if (before != null && before.id().equals(image.id())) {
            return false;
        }
        if (before != null) {
            entries.putFirst(before.id(), new Entry(before.id(), before.id(), before.bytes()));
        }
        save();
        return true;
    }

    /// Those used longest ago go first. One that a container is made of stays until another time.
    private void makeRoom(String kept) throws IOException, InterruptedException {
        for (Entry each : eldest()) {
            if (!isTooMuch()) {
                return;
            }
            if (!each.name().equals(kept) && engine.removeImage(each.name())) {
                log.atInfo()
                        .addKeyValue("image", each.name())
                        .log("Removed an image of a user that was not used lately");
                forget(each);
            }
        }
    }

    private synchronized List<Entry> eldest() {
        return List.copyOf(entries.values());
    }

    private synchronized boolean isTooMuch() {
        long bytes = entries.values().stream().mapToLong(Entry::bytes).sum();
        return (most.bytes() > 0 && bytes > most.bytes()) || entries.size() > MOST_ENTRIES;
    }

    private synchronized void forget(Entry entry) throws IOException {
        entries.remove(entry.name(), entry);
        save();
    }

    private void save() throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.writeString(
                next,
                entries.values().stream().map(each -> each.toLine() + "\n").collect(Collectors.joining()),
                UTF_8);
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static List<String> lines(Path file) throws IOException {
        try {
            return Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }
}

package dev.whirl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.client.ScriptedServer.Seen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A transcript of command lines against a server, compared as a whole.
///
/// ```
/// # what this shows
/// @ hello.js a file, made before the command runs; `<name` copies one that lies beside the transcript
/// $ wsk action create hello hello.js
/// > PUT /namespaces/_/actions/hello?overwrite=false      what the server was asked
/// > {"exec":…}
/// < 200 {}                                               what it answers
/// ok: created action hello                               standard output
/// ! error: …                                             standard error
/// = 144                                                  exit code, unless it is 0
/// ```
///
/// `-Dwhirl.regenerate=true` writes the files anew: read the difference before you commit it.
final class GoldenFile {
    private static final Path FOLDER = Path.of("src/test/resources/golden");

    private static final String UNPREPARED = "< (nothing prepared)";

    private final Wsk wsk;
    private final Path folder;

    GoldenFile(Wsk wsk, Path folder) {
        this.wsk = wsk;
        this.folder = folder;
    }

    private record Block(List<String> before, String line, List<String> answers) {}

    /// Plays the command lines of a file, and compares everything.
    void check(String name) throws IOException {
        Path file = FOLDER.resolve(name);
        String expected = Files.readString(file);
        String actual = blocks(expected).stream().map(this::play).collect(Collectors.joining("\n"));
        if (Boolean.getBoolean("whirl.regenerate")) {
            Files.writeString(file, actual);
            return;
        }
        assertThat(actual).as(name).isEqualTo(expected);
    }

    private static List<Block> blocks(String text) {
        var blocks = new ArrayList<Block>();
        var before = new ArrayList<String>();
        for (String line : text.split("\n", -1)) {
            if (line.startsWith("# ") || line.startsWith("@ ")) {
                before.add(line);
            } else if (line.startsWith("$ wsk")) {
                blocks.add(new Block(List.copyOf(before), line, new ArrayList<>()));
                before.clear();
            } else if (line.startsWith("< ") && !line.equals(UNPREPARED)) {
                blocks.getLast().answers().add(line);
            }
        }
        return blocks;
    }

    private String play(Block block) {
        int seenBefore = wsk.server().seen().size();
        block.before().stream().filter(line -> line.startsWith("@ ")).forEach(this::makeFile);
        block.answers().forEach(this::prepare);
        var run = wsk.run(words(block.line().substring("$ wsk".length())));

        var text = new StringBuilder();
        block.before().forEach(line -> text.append(line).append('\n'));
        text.append(block.line()).append('\n');
        List<Seen> seen = wsk.server().seen();
        for (int i = seenBefore; i < seen.size(); i++) {
            append(text, seen.get(i));
            int answer = i - seenBefore;
            text.append(answer < block.answers().size() ? block.answers().get(answer) : UNPREPARED)
                    .append('\n');
        }
        text.append(shown(run.out()));
        shown(run.err()).lines().forEach(line -> text.append("! ").append(line).append('\n'));
        return run.exitCode() == 0
                ? text.toString()
                : text.append("= ").append(run.exitCode()).append('\n').toString();
    }

    private void makeFile(String line) {
        String[] parts = line.split(" ", 3);
        try {
            Files.createDirectories(folder.resolve(parts[1]).getParent());
            String content = parts[2].startsWith("<")
                    ? Files.readString(FOLDER.resolve(parts[2].substring(1)))
                    : parts[2].replace("\\n", "\n");
            wsk.file(parts[1], content);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void prepare(String line) {
        String[] parts = line.split(" ", 3);
        wsk.answer(Integer.parseInt(parts[1]), parts.length == 3 ? parts[2] : "");
    }

    private void append(StringBuilder text, Seen seen) {
        text.append("> ")
                .append(seen.method())
                .append(' ')
                .append(seen.target().replaceFirst("^/api/v1", ""))
                .append('\n');
        if (!seen.body().isEmpty()) {
            text.append("> ").append(shown(seen.body())).append('\n');
        }
    }

    private String shown(String output) {
        return output.replace(wsk.server().url(), "http://server").replace(folder.toString(), "FOLDER");
    }

    /// Splits as a shell does, with single quotes.
    static String[] words(String line) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        boolean isQuoted = false;
        boolean isWord = false;
        for (char c : (line + " ").toCharArray()) {
            if (c == '\'') {
                isQuoted = !isQuoted;
                isWord = true;
            } else if (c == ' ' && !isQuoted) {
                if (isWord) {
                    words.add(word.toString());
                }
                word.setLength(0);
                isWord = false;
            } else {
                word.append(c);
                isWord = true;
            }
        }
        return words.toArray(String[]::new);
    }
}

package dev.whirl.server;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The flags of a command that starts servers. A library's classes for this came out of no cache of the JVM and took a
/// fifth of each start.
///
/// @param command how it is called, such as `whirl up`
/// @param purpose one sentence, or none
/// @param all its flags, in the order of the help
/// @param examples the end of the help
record Flags(String command, String purpose, List<Flag> all, String examples) {
    private static final int COLUMN = 24;
    private static final int WIDTH = 100;

    /// One flag.
    ///
    /// @param name with its dashes
    /// @param value what stands for its value in the help; null if it has none
    /// @param isRepeatable whether it may be given more than once
    /// @param given gets the value, or nothing for a flag without; throws [WrongValueException]
    record Flag(String name, @Nullable String value, String description, boolean isRepeatable, Consumer<String> given) {
        static Flag once(String name, String value, String description, Consumer<String> given) {
            return new Flag(name, value, description, false, given);
        }

        static Flag bare(String name, String description, Runnable given) {
            return new Flag(name, null, description, false, _ -> given.run());
        }
    }

    /// A value that a flag can't have.
    static final class WrongValueException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        WrongValueException(String sentence) {
            super(sentence, null, false, false);
        }
    }

    /// What is wanted.
    sealed interface Wish {
        record Start() implements Wish {}

        record Help() implements Wish {}

        record Version() implements Wish {}

        /// @param sentence without an end
        record Wrong(String sentence) implements Wish {}
    }

    Flags {
        all = List.copyOf(all);
    }

    /// Reads the words of a command line: `--name value` and `--name=value`.
    Wish read(List<String> words) {
        Map<String, Flag> byName = all.stream().collect(Collectors.toMap(Flag::name, each -> each));
        Set<String> seen = new HashSet<>();
        var given = new ArrayList<Runnable>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("-h") || word.equals("--help")) {
                return new Wish.Help();
            }
            if (word.equals("-V") || word.equals("--version")) {
                return new Wish.Version();
            }
            int equal = word.startsWith("--") ? word.indexOf('=') : -1;
            String name = equal < 0 ? word : word.substring(0, equal);
            Flag flag = byName.get(name);
            if (flag == null) {
                return new Wish.Wrong((word.startsWith("-") ? "there is no option '%s'" : "'%s' is one word too many")
                        .formatted(name));
            }
            if (!seen.add(name) && !flag.isRepeatable()) {
                return new Wish.Wrong(name + " is given twice");
            }
            if (flag.value() == null && equal >= 0) {
                return new Wish.Wrong(name + " takes no value");
            }
            boolean isNext = flag.value() != null && equal < 0;
            if (isNext && i + 1 == words.size()) {
                return new Wish.Wrong("%s needs a value: %s %s".formatted(name, name, flag.value()));
            }
            String value = isNext ? words.get(++i) : word.substring(equal + 1);
            given.add(() -> flag.given().accept(value));
        }
        try {
            given.forEach(Runnable::run);
            return new Wish.Start();
        } catch (WrongValueException e) {
            return new Wish.Wrong(String.valueOf(e.getMessage()));
        }
    }

    String help() {
        var text = new StringBuilder("Usage: %s [OPTIONS]%n".formatted(command));
        if (!purpose.isEmpty()) {
            text.append(purpose).append('\n');
        }
        text.append('\n');
        var rows = new LinkedHashMap<String, String>();
        all.forEach(each -> rows.put(
                "      " + each.name() + (each.value() == null ? "" : " " + each.value()), each.description()));
        rows.put("  -h, --help", "Show this help and exit.");
        rows.put("  -V, --version", "Show the version and exit.");
        rows.forEach((name, description) -> text.append(row(name, description)));
        return text.append('\n').append(examples).toString();
    }

    private static String row(String name, String description) {
        var text = new StringBuilder(name);
        int at = name.length();
        if (at > COLUMN - 2) {
            text.append('\n');
            at = 0;
        }
        text.repeat(" ", COLUMN - at);
        at = COLUMN;
        for (String word : description.split(" ")) {
            if (at > COLUMN && at + word.length() >= WIDTH) {
                text.append('\n').repeat(" ", COLUMN);
                at = COLUMN;
            }
            text.append(at == COLUMN ? "" : " ").append(word);
            at += word.length() + 1;
        }
        return text.append('\n').toString();
    }
}

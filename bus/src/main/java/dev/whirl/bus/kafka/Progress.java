package dev.whirl.bus.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How far the work of an invoker has come, as it is kept with the group's offset: the lowest offset that is not
/// done, and what is known of those from there on.
///
/// As text: `1 <holder> <c|d> <runs>`, a run being a letter and how many offsets it stands for (one, if not said):
/// `1 3fa9 d s2x100t`. Offsets beyond the last run were not taken as far as the writer knew.
///
/// @param watermark everything below is done
/// @param holder names the lease under which it was written; empty if nobody has had one
/// @param isClean whether nothing was handed over that this does not tell
public record Progress(long watermark, String holder, boolean isClean, List<Run> runs) {
    /// What is known of an offset.
    public enum State {
        /// Not started; maybe handed over.
        TAKEN('t'),
        /// May run or have run.
        STARTED('s'),
        /// Nothing more is to be done.
        SETTLED('x');

        private final char letter;

        State(char letter) {
            this.letter = letter;
        }

        static State of(char letter) {
            return switch (letter) {
                case 's' -> STARTED;
                case 'x' -> SETTLED;
                default -> TAKEN;
            };
        }
    }

    /// Neighbours with the same state.
    public record Run(State state, long count) {}

    private static final String VERSION = "1";
    private static final Pattern TEXT = Pattern.compile("1 ([0-9a-f]*) ([cd]) ([tsx0-9]*)");
    private static final Pattern RUN = Pattern.compile("([tsx])(\\d{0,18})");

    public Progress {
        runs = List.copyOf(runs);
    }

    /// Nobody has taken anything.
    static Progress none(long first) {
        return new Progress(first, "", true, List.of());
    }

    /// Reads what stands with a committed offset. What another program or a later release wrote is not understood:
    /// then everything may have started.
    static Progress parse(long watermark, String text) {
        if (text.isEmpty()) {
            return none(watermark);
        }
        Matcher matcher = TEXT.matcher(text);
        Optional<List<Run>> runs = matcher.matches() ? parseRuns(matcher.group(3)) : Optional.empty();
        return runs.map(each -> new Progress(
                        watermark, matcher.group(1), matcher.group(2).equals("c"), each))
                .orElseGet(() -> new Progress(
                        watermark, "", false, List.of(new Run(State.STARTED, Long.MAX_VALUE - watermark))));
    }

    /// Piece by piece: one expression for all of them would take the stack for thousands.
    private static Optional<List<Run>> parseRuns(String text) {
        List<Run> runs = new ArrayList<>();
        Matcher each = RUN.matcher(text);
        int at = 0;
        while (each.find() && each.start() == at) {
            String count = each.group(2);
            runs.add(new Run(State.of(each.group(1).charAt(0)), count.isEmpty() ? 1 : Long.parseLong(count)));
            at = each.end();
        }
        return at == text.length() ? Optional.of(runs) : Optional.empty();
    }

    State stateAt(long offset) {
        long first = watermark;
        for (Run run : runs) {
            if (offset < first + run.count) {
                return offset < first ? State.SETTLED : run.state;
            }
            first += run.count;
        }
        return offset < watermark ? State.SETTLED : State.TAKEN;
    }

    /// What it tells from an offset on.
    List<Run> runsFrom(long offset) {
        List<Run> rest = new ArrayList<>();
        long first = watermark;
        for (Run run : runs) {
            long hidden = Math.clamp(offset - first, 0, run.count);
            if (hidden < run.count) {
                rest.add(new Run(run.state, run.count - hidden));
            }
            first += run.count;
        }
        return rest;
    }

    String toText() {
        var text = new StringBuilder(VERSION).append(' ').append(holder).append(isClean ? " c " : " d ");
        for (Run run : runs) {
            text.append(run.state.letter);
            if (run.count != 1) {
                text.append(run.count);
            }
        }
        return text.toString();
    }

    /// The same in fewer words, where the text must not be longer than this: more counts as started, which is safe.
    /// First what is done and lies in between (it has its record, and the first record counts), then what was not
    /// started, from the end.
    Progress within(int maxLength) {
        Progress shorter = this;
        for (long small = 1; shorter.toText().length() > maxLength && small < Long.MAX_VALUE / 4; small *= 4) {
            shorter = shorter.withStarted(State.SETTLED, small);
        }
        return shorter.toText().length() <= maxLength ? shorter : shorter.cut(maxLength);
    }

    /// As many runs from the beginning as fit; all that comes after them counts as started.
    private Progress cut(int maxLength) {
        int fits = 0;
        int tooMany = runs.size();
        while (tooMany - fits > 1) {
            int middle = (fits + tooMany) / 2;
            if (head(middle).toText().length() <= maxLength) {
                fits = middle;
            } else {
                tooMany = middle;
            }
        }
        return head(fits);
    }

    private Progress head(int kept) {
        var cut = new RunList();
        runs.subList(0, kept).forEach(each -> cut.add(each.state, each.count));
        cut.add(
                State.STARTED,
                runs.subList(kept, runs.size()).stream()
                        .mapToLong(each -> each.count)
                        .sum());
        return new Progress(watermark, holder, isClean, cut.runs());
    }

    private Progress withStarted(State state, long longest) {
        RunList merged = new RunList();
        runs.forEach(each ->
                merged.add(each.state == state && each.count <= longest ? State.STARTED : each.state, each.count));
        return new Progress(watermark, holder, isClean, merged.runs());
    }

    /// Puts runs together, neighbours with the same state as one.
    static final class RunList {
        private final List<Run> runs = new ArrayList<>();

        void add(State state, long count) {
            if (count <= 0) {
                return;
            }
            boolean isMore = !runs.isEmpty() && runs.getLast().state == state;
            runs.add(new Run(state, isMore ? runs.removeLast().count + count : count));
        }

        List<Run> runs() {
            return runs;
        }
    }
}

package dev.whirl.cli.command;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Finds what a user may have meant. Pure.
public final class Nearest {
    private static final int MAX_NAMES = 3;

    /// How much longer a name that begins like the word may be.
    private static final int MAX_REST = 6;

    private record Candidate(String name, int distance) {}

    private Nearest() {}

    /// The names that differ from a word by few letters, nearest first.
    public static List<String> names(String word, Collection<String> candidates) {
        String wanted = word.toLowerCase(Locale.ROOT);
        int max = Math.max(1, wanted.length() / 3);
        return candidates.stream()
                .distinct()
                .map(name -> new Candidate(name, distance(wanted, name.toLowerCase(Locale.ROOT))))
                .filter(each -> isNear(wanted, each, max) || continues(wanted, each.name()))
                .sorted(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
                .limit(MAX_NAMES)
                .map(Candidate::name)
                .toList();
    }

    /// `did you mean a or b?`; empty if there are no names.
    public static String question(List<String> names) {
        return names.isEmpty() ? "" : "did you mean " + String.join(" or ", names) + "?";
    }

    /// A name that has no letter in common with the word, beyond a package that both name, is none that was meant.
    private static boolean isNear(String word, Candidate candidate, int max) {
        String name = candidate.name().toLowerCase(Locale.ROOT);
        String place = word.substring(0, word.lastIndexOf('/') + 1);
        int shared = name.startsWith(place) ? place.length() : 0;
        int shortest = Math.min(word.length(), name.length()) - shared;
        return candidate.distance() <= max && candidate.distance() < shortest;
    }

    private static boolean continues(String word, String name) {
        return word.length() >= 3
                && name.length() <= word.length() + MAX_REST
                && name.toLowerCase(Locale.ROOT).startsWith(word);
    }

    /// How many letters must be inserted, removed, replaced or swapped with their neighbour.
    static int distance(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(last[j - 1] + change, 1 + Math.min(last[j], row[j - 1]));
                if (isSwap(a, i, b, j)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            beforeLast = last;
            last = row;
        }
        return last[b.length()];
    }

    private static boolean isSwap(String a, int i, String b, int j) {
        return i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    }
}

package dev.whirl.feeds.files;

import dev.whirl.feeds.stream.Identities;
import dev.whirl.model.json.RawJson;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// How far a place with files was read: which files were known there, each in its state. Times tell nothing: a file
/// that is moved to the place keeps an old one.
///
/// @param known identities, at most about [Listing#MOST]
record FileMark(Set<String> known) {
    private static final String KNOWN = "known";

    FileMark {
        known = Set.copyOf(known);
    }

    static FileMark behind(Collection<FoundFile> files) {
        return new FileMark(identities(files));
    }

    /// Those that are new, the oldest first.
    List<FoundFile> newOf(List<FoundFile> files) {
        return files.stream()
                .filter(each -> !known.contains(each.identity()))
                .sorted(Comparator.comparing(FoundFile::modified).thenComparing(FoundFile::name))
                .toList();
    }

    /// @param present all files that are there: what is gone is forgotten
    /// @param more those that are known from now on
    FileMark with(List<FoundFile> more, List<FoundFile> present) {
        Set<String> next = identities(present);
        next.retainAll(known);
        next.addAll(identities(more));
        return new FileMark(next);
    }

    /// Those that are known.
    List<FoundFile> knownOf(List<FoundFile> files) {
        return files.stream().filter(each -> known.contains(each.identity())).toList();
    }

    boolean has(FileMark other) {
        return known.containsAll(other.known);
    }

    private static Set<String> identities(Collection<FoundFile> files) {
        return files.stream().map(FoundFile::identity).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /// All in one text: there may be thousands.
    RawJson toJson() {
        return RawJson.object(
                KNOWN, RawJson.string(Identities.join(known.stream().sorted().toList())));
    }

    static FileMark read(RawJson json) {
        String text = json.field(KNOWN).flatMap(RawJson::asText).orElse("");
        return new FileMark(new LinkedHashSet<>(Identities.split(text)));
    }
}

package dev.whirl.feeds;

import dev.whirl.store.KeyedDocuments;
import dev.whirl.store.StoreException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A store of which another machine answers now and then, which has not got the last writes yet.
public final class LaggingDocuments extends DocumentsAround {
    private static final int NEVER = Integer.MAX_VALUE;

    private boolean isBehind;
    private @Nullable Stored former;
    private int finds;
    private int failsAt = NEVER;

    public LaggingDocuments(KeyedDocuments stored) {
        super(stored);
    }

    /// From now on it shows nothing.
    public void fallBehind() {
        isBehind = true;
        former = null;
    }

    /// From now on it shows a document as it was, and nothing else.
    public void fallBehind(Stored shown) {
        isBehind = true;
        former = shown;
    }

    /// From now on it shows everything.
    public void catchUp() {
        isBehind = false;
        failsAt = NEVER;
    }

    /// Fails when it was asked for documents so often, from now on.
    public void failAt(int find) {
        finds = 0;
        failsAt = find;
    }

    /// How often it was asked for documents since the last time that this was asked.
    public int takeFinds() {
        int count = finds;
        finds = 0;
        return count;
    }

    @Override
    public List<Stored> find(Collection<String> ids) {
        finds += ids.isEmpty() ? 0 : 1;
        if (finds >= failsAt) {
            throw new StoreException.Unavailable("away");
        }
        return isBehind ? shown().filter(each -> ids.contains(each.id())).toList() : super.find(ids);
    }

    @Override
    public List<Stored> page(String prefix, String after, int limit) {
        return isBehind
                ? shown().filter(each ->
                                each.id().startsWith(prefix) && each.id().compareTo(after) > 0)
                        .toList()
                : super.page(prefix, after, limit);
    }

    private Stream<Stored> shown() {
        return Stream.ofNullable(former);
    }
}

package dev.whirl.store;

import dev.whirl.model.activation.Activation;
import dev.whirl.model.activation.ActivationId;
import dev.whirl.model.activation.ActivationSummary;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.NamespaceName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Records of activations. Whatever was recorded can be read at once by this process; it is durable within 100
/// ms, or on return where the store is configured so (design, decisions 7 and 8).
public interface Activations {
    /// Which records to list: of a namespace, newest start first.
    ///
    /// @param name only of this action, null for all (row R-133)
    /// @param pkg with a name, only of the action in this package or binding; null means outside of packages or
    ///     in any
    /// @param since only started at or after this time
    /// @param upto only started at or before this time
    record Query(
            NamespaceName namespace,
            @Nullable EntityName pkg,
            @Nullable EntityName name,
            @Nullable Instant since,
            @Nullable Instant upto,
            int skip,
            int limit) {}

    /// What is kept.
    ///
    /// @param age older records are removed
    /// @param count of each namespace, at most so many newest records are kept
    record Retention(Duration age, long count) {}

    /// Announces that the first record of this id comes within moments, because its outcome is being told: until then
    /// readers in this process wait for it, a second at most: those of the record, and lists of its namespace. The
    /// caller knows that there is none yet, so that nobody has to look for one.
    void expect(NamespaceName namespace, ActivationId id);

    /// Records the outcome of an activation and takes it out of the journal, both or none. The first record of an
    /// id stays:
    /// a second one is ignored.
    void record(Activation activation);

    Optional<Activation> find(NamespaceName namespace, ActivationId id);

    /// What can't be read is left out.
    List<ActivationSummary> list(Query query);

    /// As [#list], with results and logs. Ends early when the records are large: after about 32 MB of them.
    List<Activation> listFull(Query query);

    long count(Query query);

    /// The namespaces that have records, by name: for operators.
    List<NamespaceName> namespaces();

    /// Waits until everything recorded before is written: the end of this process does no harm to it then.
    void flush();

    /// Removes what retention does not keep, and gives the space back.
    ///
    /// @return how many records were removed
    long prune(Retention retention, Instant now);
}

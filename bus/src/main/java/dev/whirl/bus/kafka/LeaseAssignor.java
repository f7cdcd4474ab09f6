package dev.whirl.bus.kafka;

import dev.whirl.bus.kafka.Lease.Role;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Configurable;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// Decides who of a group gets an invoker's work: the invoker before whoever takes over for it; among equals who
/// has it already. Runs in one of the members, whichever the broker picks.
///
/// Who has the work keeps it through a rebalance (Kafka's cooperative protocol). When it is to go to another
/// member, it goes to nobody first; its holder gives it up and asks for the next round.
public final class LeaseAssignor implements ConsumerPartitionAssignor, Configurable {
    /// The setting that carries the [Lease] of this member.
    static final String LEASE = "whirl.lease";

    private static final byte NOBODY = -1;

    private Lease lease = new Lease(Role.TAKER);

    @Override
    public String name() {
        return "whirl-lease";
    }

    @Override
    public List<RebalanceProtocol> supportedProtocols() {
        return List.of(RebalanceProtocol.COOPERATIVE);
    }

    @Override
    public void configure(Map<String, ?> settings) {
        if (settings.get(LEASE) instanceof Lease given) {
            lease = given;
        }
    }

    @Override
    public ByteBuffer subscriptionUserData(Set<String> topics) {
        return one(lease.role().code());
    }

    @Override
    public GroupAssignment assign(Cluster metadata, GroupSubscription group) {
        Map<String, Subscription> members = new TreeMap<>(group.groupSubscription());
        Map<String, Assignment> assignments = new HashMap<>();
        members.keySet().forEach(each -> assignments.put(each, new Assignment(List.of(), one(NOBODY))));
        topic(members).ifPresent(topic -> give(new TopicPartition(topic, 0), members, assignments));
        return new GroupAssignment(assignments);
    }

    @Override
    public void onAssignment(Assignment assignment, @Nullable ConsumerGroupMetadata metadata) {
        boolean isMine = !assignment.partitions().isEmpty();
        lease.ownedByPeer(lease.role() == Role.OWNER && !isMine && byteOf(assignment.userData()) == Role.OWNER.code());
    }

    /// Every member of a group reads the same topic.
    private static Optional<String> topic(Map<String, Subscription> members) {
        return members.values().stream().flatMap(each -> each.topics().stream()).findFirst();
    }

    /// Says to each member who has the work, too.
    private static void give(
            TopicPartition work, Map<String, Subscription> members, Map<String, Assignment> assignments) {
        Optional<String> holder = holder(work, members);
        String chosen = chosen(holder, members);
        boolean mustWait = holder.isPresent() && !holder.get().equals(chosen);
        byte role = role(members.get(chosen)).code();
        byte told = mustWait ? NOBODY : role;
        for (String member : members.keySet()) {
            boolean gets = !mustWait && member.equals(chosen);
            assignments.put(member, new Assignment(gets ? List.of(work) : List.of(), one(told)));
        }
    }

    /// Of several that say they have it, the one that was assigned it last.
    private static Optional<String> holder(TopicPartition work, Map<String, Subscription> members) {
        return members.entrySet().stream()
                .filter(each -> each.getValue().ownedPartitions().contains(work))
                .max(Comparator.comparing(each -> each.getValue().generationId().orElse(-1)))
                .map(Map.Entry::getKey);
    }

    private static String chosen(Optional<String> holder, Map<String, Subscription> members) {
        return members.keySet().stream()
                .min(Comparator.comparing((String each) -> role(members.get(each)))
                        .thenComparing(each -> !each.equals(holder.orElse("")))
                        .thenComparing(Comparator.naturalOrder()))
                .orElseThrow(() -> new IllegalStateException("a group without members"));
    }

    private static Role role(@Nullable Subscription member) {
        return member != null && byteOf(member.userData()) == Role.OWNER.code() ? Role.OWNER : Role.TAKER;
    }

    private static byte byteOf(@Nullable ByteBuffer data) {
        return data == null || !data.hasRemaining() ? NOBODY : data.get(data.position());
    }

    private static ByteBuffer one(byte value) {
        return ByteBuffer.wrap(new byte[] {value});
    }
}

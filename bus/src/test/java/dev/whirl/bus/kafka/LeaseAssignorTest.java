package dev.whirl.bus.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.bus.kafka.Lease.Role;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Assignment;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.GroupSubscription;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Subscription;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class LeaseAssignorTest {
    private static final TopicPartition WORK = new TopicPartition("invoker0", 0);

    private final Map<String, Subscription> members = new HashMap<>();

    @Test
    void ofSeveralThatTakeOverOneGetsIt() {
        join("b", Role.TAKER, -1);
        join("a", Role.TAKER, -1);

        assertThat(holder()).contains("a");
    }

    @Test
    void whoTakesOverKeepsItFromOthersWhoTry() {
        join("a", Role.TAKER, -1);
        join("b", Role.TAKER, 3);

        assertThat(holder()).contains("b");
    }

    @Test
    void theInvokerGetsItBackInTwoRounds() {
        join("a", Role.TAKER, 3);
        join("z", Role.OWNER, -1);

        assertThat(holder()).isEmpty();
        members.clear();
        join("a", Role.TAKER, -1);
        join("z", Role.OWNER, -1);
        assertThat(holder()).contains("z");
    }

    @Test
    void anInvokerKeepsItFromAnotherWithItsId() {
        join("a", Role.OWNER, -1);
        join("z", Role.OWNER, 3);
        var second = new Lease(Role.OWNER);

        Map<String, Assignment> assignments = assign();
        var assignor = new LeaseAssignor();
        assignor.configure(Map.of(LeaseAssignor.LEASE, second));
        assignor.onAssignment(java.util.Objects.requireNonNull(assignments.get("a")), null);

        assertThat(assignments.get("z")).extracting(Assignment::partitions).isEqualTo(List.of(WORK));
        assertThat(second.isOwnedByPeer()).isTrue();
    }

    @Test
    void whatAMemberBelievesFromAnEarlierGenerationDoesNotCount() {
        join("a", Role.TAKER, 3);
        join("b", Role.TAKER, 4);

        assertThat(holder()).contains("b");
    }

    private void join(String member, Role role, int ownedInGeneration) {
        var assignor = new LeaseAssignor();
        assignor.configure(Map.of(LeaseAssignor.LEASE, new Lease(role)));
        List<TopicPartition> owned = ownedInGeneration < 0 ? List.of() : List.of(WORK);
        members.put(
                member,
                new Subscription(
                        List.of(WORK.topic()),
                        assignor.subscriptionUserData(Set.of(WORK.topic())),
                        owned,
                        ownedInGeneration,
                        Optional.empty()));
    }

    private Map<String, Assignment> assign() {
        return new LeaseAssignor()
                .assign(Cluster.empty(), new GroupSubscription(members))
                .groupAssignment();
    }

    private Optional<String> holder() {
        return assign().entrySet().stream()
                .filter(each -> !each.getValue().partitions().isEmpty())
                .map(Map.Entry::getKey)
                .findFirst();
    }
}

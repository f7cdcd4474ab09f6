package dev.whirl.bus.kafka;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;

/// A topic with work and the group that reads it: one member has it, and nobody else while the broker hears of that
/// one.
final class SimulatedGroup {
    final SimulatedBroker broker;
    final String topic;
    final List<byte[]> log = new ArrayList<>();
    private final List<SimulatedMember> members = new ArrayList<>();
    private @Nullable OffsetAndMetadata committed;
    private @Nullable SimulatedMember holder;

    SimulatedGroup(SimulatedBroker broker, String topic) {
        this.broker = broker;
        this.topic = topic;
    }

    SimulatedMember join(SimulatedProcess process, Lease.Role role, WorkReceiver receiver) {
        var member = new SimulatedMember(this, process, role, receiver);
        members.add(member);
        return member;
    }

    void append(byte[] message) {
        log.add(message);
        if (holder != null) {
            holder.wake();
        }
    }

    @Nullable
    OffsetAndMetadata committed() {
        return committed;
    }

    /// @return false if it is not this member's to say
    boolean commit(SimulatedMember member, OffsetAndMetadata told) {
        if (holder != member) {
            return false;
        }
        committed = told;
        return true;
    }

    void left(SimulatedMember member) {
        members.remove(member);
        if (holder == member) {
            holder = null;
        }
    }

    /// Who is silent for a session is out; then the first by claim has the work, and among equals who has it already.
    void tick() {
        long now = broker.nanos.getAsLong();
        for (SimulatedMember each : List.copyOf(members)) {
            if (each.process.isRunning() && !each.process.isCutOff()) {
                each.beat(now);
            } else if (each.isSilent(now) && holder == each) {
                holder = null;
            }
        }
        @Nullable SimulatedMember best = best(now);
        @Nullable SimulatedMember current = holder;
        if (best == null || best == current) {
            return;
        }
        if (current != null) {
            current.revoke();
        } else {
            holder = best;
            best.given();
        }
    }

    /// Called by a member that has said its last word.
    void givenBack(SimulatedMember member) {
        if (holder == member) {
            holder = null;
        }
    }

    private @Nullable SimulatedMember best(long now) {
        @Nullable SimulatedMember best = null;
        for (SimulatedMember each : members) {
            boolean isHere = !each.isSilent(now);
            boolean isBetter =
                    best == null || each.role.code() < best.role.code() || (each.role == best.role && each == holder);
            best = isHere && isBetter ? each : best;
        }
        return best;
    }
}

package dev.whirl.bus.kafka;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;

/// Looks at consumer groups as an operator would.
final class Groups {
    private Groups() {}

    /// The client id of the member that has the work.
    static Optional<String> holder(String servers, String group) {
        return describe(servers, group).members().stream()
                .filter(each -> !each.assignment().topicPartitions().isEmpty())
                .map(MemberDescription::clientId)
                .findFirst();
    }

    static int members(String servers, String group) {
        return describe(servers, group).members().size();
    }

    private static ConsumerGroupDescription describe(String servers, String group) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            return Objects.requireNonNull(
                    admin.describeConsumerGroups(List.of(group)).all().get().get(group));
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

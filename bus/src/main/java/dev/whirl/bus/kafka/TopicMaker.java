package dev.whirl.bus.kafka;

import dev.whirl.bus.BusException;
import dev.whirl.model.message.Topic;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;

/// Makes a topic before its first use, where it is missing: one that the broker makes by itself has other limits.
final class TopicMaker {
    private final Admin admin;
    private final TopicPlan plan;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    TopicMaker(Admin admin, TopicPlan plan) {
        this.admin = admin;
        this.plan = plan;
    }

    /// The name of a topic that is there.
    ///
    /// @throws BusException if that can't be told, or it is missing and can't be made
    String ensure(Topic topic) {
        String name = plan.name(topic);
        if (!known.contains(name)) {
            make(plan.newTopic(topic));
        }
        return name;
    }

    String ensureUnreadable() {
        if (!known.contains(plan.unreadable())) {
            make(plan.newUnreadable());
        }
        return plan.unreadable();
    }

    /// The names of all topics there are.
    ///
    /// @throws BusException if that can't be told
    Set<String> existing() {
        try {
            return admin.listTopics().names().get();
        } catch (ExecutionException e) {
            throw new BusException("topics can't be listed: " + Reasons.of(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BusException("topics can't be listed: interrupted", e);
        }
    }

    /// It may have been removed: look at the next use.
    void forget(String name) {
        known.remove(name);
    }

    private void make(NewTopic topic) {
        try {
            admin.createTopics(List.of(topic)).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException) && !isThere(topic.name(), e)) {
                throw refusal(topic.name(), e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refusal(topic.name(), e);
        }
        known.add(topic.name());
    }

    /// Whoever may not make topics may use those that others made.
    private boolean isThere(String name, ExecutionException refusal) {
        if (!(refusal.getCause() instanceof AuthorizationException)) {
            return false;
        }
        try {
            admin.describeTopics(List.of(name)).allTopicNames().get();
            return true;
        } catch (ExecutionException _) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refusal(name, e);
        }
    }

    private static BusException refusal(String name, Throwable reason) {
        return new BusException("topic %s can't be made: %s".formatted(name, Reasons.of(reason)), reason);
    }
}

package dev.whirl.bus.kafka;

import dev.whirl.bus.Bus;
import dev.whirl.bus.BusException;
import dev.whirl.bus.Deliveries;
import dev.whirl.model.json.MessageDocuments;
import dev.whirl.model.message.ActivationResult;
import dev.whirl.model.message.EntityChanged;
import dev.whirl.model.message.Heartbeat;
import dev.whirl.model.message.IdentitiesChanged;
import dev.whirl.model.message.Invocation;
import dev.whirl.model.message.Message;
import dev.whirl.model.message.Prepare;
import dev.whirl.model.message.Presence;
import dev.whirl.model.message.Returned;
import dev.whirl.model.message.SlotFree;
import dev.whirl.model.message.Topic;
import dev.whirl.model.message.UserEvent;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Messages over Kafka. Clients find their brokers again after any outage; meanwhile publishing fails within the
/// configured time, and reading waits.
public final class KafkaBus implements Bus {
    private static final Duration FLUSH = Duration.ofSeconds(2);

    private final KafkaBusConfig config;
    private final ClientSettings settings;
    private final TopicPlan plan;
    private final BusMeters meters;
    private final Admin admin;
    private final TopicMaker topics;
    private final Publisher publisher;
    private final Inbox inbox;
    private final Map<Topic.Followed, Tracking> trackings = new ConcurrentHashMap<>();
    private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();

    /// Asks no broker for anything yet.
    ///
    /// @throws BusException if the settings make no sense to Kafka's clients, or no address of a broker resolves
    public KafkaBus(KafkaBusConfig config, MeterRegistry registry) {
        this.config = config;
        this.settings = new ClientSettings(config);
        this.plan = new TopicPlan(config);
        this.meters = new BusMeters(registry);
        try {
            this.admin = Admin.create(settings.admin());
            this.publisher = new Publisher(
                    new KafkaProducer<>(settings.producer(), new ByteArraySerializer(), new ByteArraySerializer()),
                    meters);
        } catch (KafkaException e) {
            throw new BusException("Kafka's clients refuse their settings: " + Reasons.of(e), e);
        }
        this.topics = new TopicMaker(admin, plan);
        this.inbox = new Inbox(topics, publisher, meters);
    }

    @Override
    public void publish(Topic topic, Message message) {
        String name = topics.ensure(topic);
        byte[] bytes = MessageDocuments.write(message);
        var letter = new ProducerRecord<byte[], byte[]>(name, partition(topic), key(message), bytes);
        try {
            if (isWaitedFor(message)) {
                publisher.send(letter);
            } else {
                publisher.sendLightly(letter);
            }
        } catch (BusException e) {
            topics.forget(name); // maybe it was removed
            throw e;
        }
    }

    @Override
    public Subscription subscribe(Topic topic, Consumer<Message> handler) {
        String name = topics.ensure(topic);
        return switch (topic) {
            case Topic.Followed work -> work(work, handler);
            case Topic.Completed _, Topic.Health _, Topic.CacheInvalidation _, Topic.Events _ ->
                kept(new TailReader(name, consumer(settings.tail(name)), inbox, handler, meters).start());
        };
    }

    @Override
    public Deliveries track(Topic.Followed topic, Consumer<Invocation> left) {
        return trackings.computeIfAbsent(topic, _ -> new Tracking(left));
    }

    @Override
    public Subscription takeOver(Topic.Followed topic, Consumer<Left> handler) {
        String name = topics.ensure(topic);
        var taker = new Taker(inbox, handler, meters);
        return kept(reader(name, Lease.Role.TAKER, taker, config.limits().maxTaken())
                .start());
    }

    @Override
    public Set<Topic.Followed> followed() {
        return topics.existing().stream()
                .flatMap(name -> plan.followed(name).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /// Ends all subscriptions, and sends what is on its way.
    @Override
    public void close() {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            subscriptions.forEach(each -> threads.execute(each::close)); // each waits for its broker a little
        }
        publisher.close(FLUSH);
        admin.close(FLUSH);
    }

    private Subscription work(Topic.Followed topic, Consumer<Message> handler) {
        Tracking tracking = trackings.get(topic);
        var owner = new Owner(inbox, handler, tracking == null ? null : tracking.left(), meters);
        WorkReader reader = reader(plan.name(topic), Lease.Role.OWNER, owner, mostTaken(topic));
        if (tracking != null) {
            tracking.readBy(reader);
        }
        return kept(reader.start().awaitLease());
    }

    /// What a controller wrote into its own topic it has in memory anyway, and may wait there for its time for hours:
    /// reading it takes nothing, and what comes behind must not wait for it.
    private int mostTaken(Topic.Followed topic) {
        return switch (topic) {
            case Topic.Work _ -> config.limits().maxTaken();
            case Topic.Composed _ -> Integer.MAX_VALUE;
        };
    }

    private WorkReader reader(String topic, Lease.Role role, WorkReceiver receiver, int mostTaken) {
        var lease = new Lease(role);
        // the group has the name of the topic
        String client = role == Lease.Role.OWNER ? topic : "takeover-" + topic;
        var consumer = consumer(settings.work(client, topic, lease));
        var work = new TopicPartition(topic, 0);
        var holding = new Holding(work, consumer, mostTaken, new Shrinking(admin, work), config, meters);
        return new WorkReader(work, consumer, receiver, lease, holding, config, meters);
    }

    private Subscription kept(Subscription subscription) {
        subscriptions.add(subscription);
        return () -> {
            subscription.close();
            subscriptions.remove(subscription);
        };
    }

    private static KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> settings) {
        try {
            return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        } catch (KafkaException e) {
            throw new BusException("Kafka's clients refuse their settings: " + Reasons.of(e), e);
        }
    }

    /// What somebody counts on must be with the broker. A lost result costs a caller a look into the store; a lost
    /// heartbeat is followed by the next.
    private static boolean isWaitedFor(Message message) {
        return switch (message) {
            case Invocation _, Returned _, EntityChanged _, IdentitiesChanged _ -> true;
            case Prepare _, ActivationResult _, SlotFree _, Heartbeat _, Presence _, UserEvent _ -> false;
        };
    }

    private static @org.jspecify.annotations.Nullable Integer partition(Topic topic) {
        return topic instanceof Topic.Events ? null : 0;
    }

    /// Events of a namespace stay in their order.
    private static byte @org.jspecify.annotations.Nullable [] key(Message message) {
        return message instanceof UserEvent event ? event.namespace().getBytes(StandardCharsets.UTF_8) : null;
    }
}

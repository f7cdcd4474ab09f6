package dev.whirl.controller.invoke;

import dev.whirl.bus.Bus;
import dev.whirl.bus.BusException;
import dev.whirl.model.message.ControllerId;
import dev.whirl.model.message.Presence;
import dev.whirl.model.message.Topic;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which controllers there are: each tells the others once a second that it is there.
public final class Peers {
    private static final Logger LOG = LoggerFactory.getLogger(Peers.class);
    private static final Duration BEAT = Duration.ofSeconds(1);

    private final ControllerId self;
    private final Bus bus;
    private final Duration silence;
    private final InstantSource clock;
    private final Map<ControllerId, Instant> heard = new ConcurrentHashMap<>();

    /// @param silence who said nothing for so long is gone
    public Peers(ControllerId self, Bus bus, Duration silence, InstantSource clock) {
        this.self = self;
        this.bus = bus;
        this.silence = silence;
        this.clock = clock;
    }

    /// How many there are, this one included: they share the quotas (row R-152).
    public int count() {
        return 1
                + (int) heard.keySet().stream()
                        .filter(each -> !each.equals(self) && isThere(each))
                        .count();
    }

    boolean isThere(ControllerId controller) {
        Instant last = heard.get(controller);
        return controller.equals(self)
                || (last != null && last.isAfter(clock.instant().minus(silence)));
    }

    void hear(Presence presence) {
        if (presence.isLeaving()) {
            heard.remove(presence.controller());
        } else {
            heard.put(presence.controller(), clock.instant());
        }
    }

    /// Tells that it is there, until it is interrupted.
    void run() throws InterruptedException {
        while (true) {
            tell(false);
            Thread.sleep(BEAT);
        }
    }

    void leave() {
        tell(true);
    }

    void tell(boolean isLeaving) {
        try {
            bus.publish(new Topic.Health(), new Presence(self, isLeaving));
        } catch (BusException e) {
            LOG.atDebug().setCause(e).log("the other controllers could not be told of this one");
        }
    }
}

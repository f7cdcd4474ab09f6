package dev.whirl.bus.kafka;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// What is done with the work that was read: by the invoker itself, or by whoever takes over for it.
interface WorkReceiver {
    /// @param messages in their order, some of which may have been seen before
    void receive(List<ConsumerRecord<byte[], byte[]>> messages, Holding holding);
}

/// The bus over Apache Kafka, 3.9 or newer.
///
/// - **Enter at** [dev.whirl.bus.kafka.KafkaBus]; [dev.whirl.bus.kafka.KafkaCheck] before it, at start.
/// - **Rules:** one thread owns each consumer and all that it knows; what others ask of it goes through a queue.
/// - **Must not know:** what the messages mean, but for whether an invocation was accepted.
@NullMarked
package dev.whirl.bus.kafka;

import org.jspecify.annotations.NullMarked;

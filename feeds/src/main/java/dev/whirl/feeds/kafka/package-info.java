/// Feeds of Kafka topics (rows F-10 to F-12).
@NullMarked
package dev.whirl.feeds.kafka;

import org.jspecify.annotations.NullMarked;

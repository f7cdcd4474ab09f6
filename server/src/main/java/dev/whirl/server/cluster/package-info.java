/// What holds the parts of a cluster together that one process does not need: the journal of accepted invocations is
/// the bus itself.
///
/// - **Enter at** [dev.whirl.server.cluster.WorkJournal], of an invoker, and
///   [dev.whirl.server.cluster.ControllerJournal], of a controller.
/// - **Must not know:** Kafka, CouchDB.
@NullMarked
package dev.whirl.server.cluster;

import org.jspecify.annotations.NullMarked;

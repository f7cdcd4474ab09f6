/// The program: reads the configuration, puts the parts together, runs them until it is told to stop.
///
/// - **Enter at** [dev.whirl.server.Main], then [dev.whirl.server.Wiring]: it is the only place that makes parts.
/// - **Rules:** nobody else imports an adapter; no part is looked up by name or reflection.
@NullMarked
package dev.whirl.server;

import org.jspecify.annotations.NullMarked;

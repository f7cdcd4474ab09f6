/// The API gateway: addresses of users' own, with web actions behind them (part 5.1 of the rows).
///
/// - **Enter at** [dev.whirl.gateway.Gateway]: a request in, a [dev.whirl.gateway.Decision] out; whoever serves HTTP
///   carries it out. Documents come in through [dev.whirl.gateway.manage.ApiManagement] (`wsk api`) and
///   [dev.whirl.gateway.manage.Management] (for operators).
/// - **Rules:** requests are served from memory alone; the store is read at the start and when it changed. A document
///   that can't be served is refused before anything is stored.
/// - **Must not know:** the HTTP server, the controller.
@NullMarked
package dev.whirl.gateway;

import org.jspecify.annotations.NullMarked;

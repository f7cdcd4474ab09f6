/// The controller: the half of the platform that faces users.
///
/// - **Enter at** [dev.whirl.controller.Controller]: REST API, who may do what, invoking and waiting, placing.
/// - **Rules:** one request is one virtual thread and one readable loop; everything that waits has a deadline,
///   everything that grows has a bound.
/// - **Must not know:** sandboxes, and how an invoker runs code; it speaks to invokers by messages only.
@NullMarked
package dev.whirl.controller;

import org.jspecify.annotations.NullMarked;

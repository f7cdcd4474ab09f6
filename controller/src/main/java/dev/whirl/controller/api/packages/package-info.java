/// Packages and bindings over HTTP.
///
/// - **Enter at** [dev.whirl.controller.api.packages.PackageRoutes].
/// - **Rules:** what a package becomes is decided in
///   [dev.whirl.controller.api.packages.PackageChange]; a binding stands for a package, never for a binding.
/// - **Must not know:** the HTTP server, where invocations run.
@NullMarked
package dev.whirl.controller.api.packages;

import org.jspecify.annotations.NullMarked;

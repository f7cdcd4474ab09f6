/// Packages, bindings, triggers and rules with real functions. Enter at any test; all share
/// [dev.whirl.e2e.support.SharedServer].
@NullMarked
package dev.whirl.e2e.model;

import org.jspecify.annotations.NullMarked;

/// The REST interface, row by row, against one real server. Enter at any test; all share
/// [dev.whirl.e2e.support.SharedServer].
@NullMarked
package dev.whirl.e2e.rest;

import org.jspecify.annotations.NullMarked;

/// Seeded random requests against every route that a server describes. Enter at `RandomRequestsTest`.
@NullMarked
package dev.whirl.e2e.badinput.random;

import org.jspecify.annotations.NullMarked;

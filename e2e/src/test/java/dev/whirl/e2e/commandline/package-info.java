/// How the server starts, refuses to start, and stops.
@NullMarked
package dev.whirl.e2e.commandline;

import org.jspecify.annotations.NullMarked;

/// Processes as Linux shows them under `/proc`: processor time and memory of a server and, apart, of all that it
/// started; and the server that a measurement starts for itself.
@NullMarked
package dev.whirl.bench.process;

import org.jspecify.annotations.NullMarked;

/// Processes as Linux shows them under `/proc`: processor time and memory of a server and, apart, of all that it
/// started; the server that a measurement starts for itself, and the programs that it asks.
@NullMarked
package dev.whirl.bench.process;

import org.jspecify.annotations.NullMarked;

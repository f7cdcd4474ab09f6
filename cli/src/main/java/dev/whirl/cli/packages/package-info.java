/// `wsk package`: creates, binds and reads packages (rows L-11 to L-13).
@NullMarked
package dev.whirl.cli.packages;

import org.jspecify.annotations.NullMarked;

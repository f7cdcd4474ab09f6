/// `wsk sdk`: things to install beside this command (row L-23).
@NullMarked
package dev.whirl.cli.sdk;

import org.jspecify.annotations.NullMarked;

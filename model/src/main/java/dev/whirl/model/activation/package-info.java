/// What is left of an invocation: its record, response and log lines.
@NullMarked
package dev.whirl.model.activation;

import org.jspecify.annotations.NullMarked;

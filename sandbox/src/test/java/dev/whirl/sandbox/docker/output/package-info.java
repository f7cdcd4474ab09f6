@NullMarked
package dev.whirl.sandbox.docker.output;

import org.jspecify.annotations.NullMarked;

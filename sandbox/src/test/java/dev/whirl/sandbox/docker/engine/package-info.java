@NullMarked
package dev.whirl.sandbox.docker.engine;

import org.jspecify.annotations.NullMarked;

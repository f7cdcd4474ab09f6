@NullMarked
package dev.whirl.sandbox.docker.http;

import org.jspecify.annotations.NullMarked;

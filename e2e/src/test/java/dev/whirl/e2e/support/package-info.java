/// What the black-box suites share: a server as a child process, a client, a raw socket, code of functions.
@NullMarked
package dev.whirl.e2e.support;

import org.jspecify.annotations.NullMarked;

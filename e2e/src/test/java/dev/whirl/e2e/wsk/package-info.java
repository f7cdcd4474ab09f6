/// `wsk` as users run it: a process, against a real server.
@NullMarked
package dev.whirl.e2e.wsk;

import org.jspecify.annotations.NullMarked;

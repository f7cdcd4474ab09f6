/// The code of the guide to the Java client, compiled and run.
@NullMarked
package dev.whirl.client.guide;

import org.jspecify.annotations.NullMarked;

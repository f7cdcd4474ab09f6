/// Tests of the cluster on one machine that need none.
@NullMarked
package dev.whirl.cluster;

import org.jspecify.annotations.NullMarked;

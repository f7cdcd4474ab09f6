/// `wsk action`: deploys, reads and invokes actions (rows L-1 to L-5).
@NullMarked
package dev.whirl.cli.action;

import org.jspecify.annotations.NullMarked;

/// `wsk namespace` and `wsk list`: what there is (row L-20).
@NullMarked
package dev.whirl.cli.namespace;

import org.jspecify.annotations.NullMarked;

/// `wsk activation`: records, logs and results of activations (rows L-6 to L-10).
@NullMarked
package dev.whirl.cli.activation;

import org.jspecify.annotations.NullMarked;

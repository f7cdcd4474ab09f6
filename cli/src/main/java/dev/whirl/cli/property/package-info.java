/// `wsk property`: reads and writes the properties file (row L-21).
@NullMarked
package dev.whirl.cli.property;

import org.jspecify.annotations.NullMarked;

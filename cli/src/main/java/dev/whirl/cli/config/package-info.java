/// Where the server is and who we are: flags, environment, properties file (row L-34).
@NullMarked
package dev.whirl.cli.config;

import org.jspecify.annotations.NullMarked;

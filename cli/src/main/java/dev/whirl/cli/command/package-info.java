/// What commands are made of: options, arguments, the session with the server, failures and exit codes.
@NullMarked
package dev.whirl.cli.command;

import org.jspecify.annotations.NullMarked;

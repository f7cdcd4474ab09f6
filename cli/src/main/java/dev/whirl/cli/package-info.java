/// `wsk`: the command line.
///
/// - **Enter at** [Main]; [Groups] lists the commands. One package per group of commands, one class per command.
/// - **Rules:** nothing but [Main] touches the process (streams, environment, exit), so that tests run commands in
///   their own process. Classes are loaded when they are needed: a command line lives for a tenth of a second.
/// - **Must not know:** HTTP; that is the client's.
@NullMarked
package dev.whirl.cli;

import org.jspecify.annotations.NullMarked;

/// What the commands for packages, triggers and rules have in common.
@NullMarked
package dev.whirl.cli.entity;

import org.jspecify.annotations.NullMarked;
